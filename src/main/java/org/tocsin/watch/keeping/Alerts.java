package org.tocsin.watch.keeping;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.people.UserRepository;

/**
 * What people do with alerts. A story is seen to once: what somebody says of one alert holds for all whom the same watch has told of the same
 * story.
 */
public final class Alerts {
    private static final int MOST_URL = 2000;

    private final UnitOfWork unitOfWork;
    private final AlertRepository alerts;
    private final Notices notices;
    private final UserRepository users;
    private final AuditTrail audit;
    private final Clock clock;

    public Alerts(
            UnitOfWork unitOfWork,
            AlertRepository alerts,
            Notices notices,
            UserRepository users,
            AuditTrail audit,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.alerts = alerts;
        this.notices = notices;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /** @return newest first; see {@link AlertRepository#page} */
    public List<Alert> page(Actor actor, boolean open, String after, int max) {
        return unitOfWork.read(tx -> alerts.page(tx, actor.branch(), open, after, max));
    }

    /** @return newest first */
    public List<Alert> page(Actor actor, AlertRepository.Filter filter, String after, int max) {
        return unitOfWork.read(tx -> alerts.page(tx, actor.branch(), filter, after, max));
    }

    /** @throws FaultException NOT_FOUND */
    public Alert find(Actor actor, String id) {
        return unitOfWork
                .read(tx -> alerts.find(tx, actor.branch(), id))
                .orElseThrow(() -> FaultException.notFound("alert", id));
    }

    /** Says that somebody has seen it; a second time changes nothing. */
    public Alert acknowledge(Actor actor, String id) {
        return change(actor, id, null, "alert.acknowledge", (before, now) -> seen(before, actor, now));
    }

    /** What a notice told was seen: the alert that it is about is acknowledged with it. */
    public void noticed(Tx tx, Actor actor, String alertId) {
        alerts.find(tx, actor.branch(), alertId)
                .filter(alert -> alert.state() == Alert.State.OPEN)
                .ifPresent(alert -> {
                    closing(tx, alert);
                    alerts.handled(tx, alert, seen(alert.handling(), actor, clock.instant()));
                });
    }

    /**
     * Says who sees to it, which acknowledges it.
     *
     * @param userId  a person of the team; null for nobody
     * @param version as it was seen; null for whatever it is now
     * @throws FaultException INVALID, NOT_FOUND, CONFLICT
     */
    public Alert assign(Actor actor, String id, @Nullable String userId, @Nullable Long version) {
        if (userId != null && !userId.equals(actor.id()) && !known(actor, userId)) {
            throw FaultException.invalid("/assignee", Message.of("alerting.assignee", "value", userId));
        }
        return change(actor, id, version, "alert.assign", (before, now) -> {
            Alert.Handling seen = userId == null ? before : seen(before, actor, now);
            return new Alert.Handling(
                    seen.acknowledgedAt(),
                    seen.acknowledgedBy(),
                    userId,
                    seen.answeredAt(),
                    seen.answeredBy(),
                    seen.answerUrl());
        });
    }

    private boolean known(Actor actor, String userId) {
        return unitOfWork.read(tx -> users.byId(tx, userId)
                .filter(User::enabled)
                .filter(user -> user.branch().equals(actor.branch()))
                .isPresent());
    }

    /**
     * Says that it was answered, which acknowledges it.
     *
     * @param url where; null where that is nowhere to be seen
     */
    public Alert answer(Actor actor, String id, @Nullable String url, @Nullable Long version) {
        if (url != null && !address(url)) {
            throw FaultException.invalid("/url", Message.of("alerting.answer.url", "value", url));
        }
        return change(actor, id, version, "alert.answer", (before, now) -> {
            Alert.Handling seen = seen(before, actor, now);
            return new Alert.Handling(
                    seen.acknowledgedAt(), seen.acknowledgedBy(), seen.assignee(), now, actor.id(), url);
        });
    }

    private static boolean address(String url) {
        try {
            URI uri = new URI(url);
            return url.length() <= MOST_URL
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /** Says that it is to be seen to again. Nobody is told of it a second time. */
    public Alert reopen(Actor actor, String id, @Nullable Long version) {
        return change(
                actor,
                id,
                version,
                "alert.reopen",
                (before, now) -> new Alert.Handling(null, null, before.assignee(), null, null, null));
    }

    private static Alert.Handling seen(Alert.Handling before, Actor actor, Instant now) {
        return before.acknowledgedAt() != null
                ? before
                : new Alert.Handling(
                        now,
                        actor.id(),
                        before.assignee(),
                        before.answeredAt(),
                        before.answeredBy(),
                        before.answerUrl());
    }

    private Alert change(
            Actor actor,
            String id,
            @Nullable Long version,
            String action,
            BiFunction<Alert.Handling, Instant, Alert.Handling> what) {
        actor.require(Scope.POST);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Alert alert = alerts.find(tx, actor.branch(), id).orElseThrow(() -> FaultException.notFound("alert", id));
            if (version != null && version != alert.version()) {
                throw FaultException.conflict(Message.of("alerting.changed", "version", alert.version()));
            }
            Alert.Handling after = what.apply(alert.handling(), clock.instant());
            if (after.equals(alert.handling())) {
                return alert;
            }
            if (after.acknowledgedAt() != null) {
                closing(tx, alert);
            }
            alerts.handled(tx, alert, after);
            audit.add(tx, actor, action, id, alert.watchId());
            return alerts.find(tx, actor.branch(), id).orElse(alert);
        });
    }

    private void closing(Tx tx, Alert alert) {
        alerts.siblings(tx, alert)
                .forEach(one -> notices.close(tx, alert.branch(), Set.of(Notices.Kind.ALERT), one.id()));
    }
}
