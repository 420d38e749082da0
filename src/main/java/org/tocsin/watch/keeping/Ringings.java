package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.recipient.Outbox;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.Rhythm;

/** What people say of how a watch rings: for whom, how often, how loud. */
public final class Ringings {
    /** A year: a watch that is to be silent for longer is switched off. */
    private static final Duration MOST_SNOOZE = Duration.ofDays(366);

    private static final int MOST_ESCALATE = 24 * 60;

    private final UnitOfWork unitOfWork;
    private final WatchRepository watches;
    private final RingingRepository ringings;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Clock clock;
    private final Silencing silencing;

    public Ringings(
            UnitOfWork unitOfWork,
            WatchRepository watches,
            RingingRepository ringings,
            AlertRepository alerts,
            Outbox outbox,
            AuditTrail audit,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.watches = watches;
        this.ringings = ringings;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.silencing = new Silencing(alerts, outbox);
    }

    /**
     * What is to be changed; null leaves a thing as it is.
     *
     * @param recipients      ids; empty for the team
     * @param mode            INSTANT, HOURLY, DAILY or AT_N
     * @param count           with AT_N
     * @param escalateMinutes 0 for never
     */
    public record Wanted(
            @Nullable List<String> recipients,
            @Nullable String mode,
            @Nullable Integer count,
            @Nullable Boolean urgent,
            @Nullable Integer escalateMinutes,
            @Nullable Boolean muted) {
        /** @return whether nothing was said */
        public boolean nothing() {
            return recipients == null
                    && mode == null
                    && count == null
                    && urgent == null
                    && escalateMinutes == null
                    && muted == null;
        }
    }

    /** @return how a watch rings */
    public Ringing of(String watchId) {
        return unitOfWork.read(tx -> ringings.of(tx, watchId));
    }

    /** @return what is wrong with how a watch rings: whom it named may have gone since it was saved */
    public Optional<Message> trouble(Actor actor, String watchId) {
        return unitOfWork.read(tx -> trouble(tx, actor.branch(), ringings.of(tx, watchId)));
    }

    private Optional<Message> trouble(Tx tx, BranchId branch, Ringing ringing) {
        if (!ringing.urgent()) {
            return Optional.empty();
        }
        List<Recipient> named = outbox.named(tx, branch, ringing.recipients());
        if (!outbox.reach(tx, named.isEmpty() ? outbox.of(tx, branch, Notices.Kind.ALERT) : named)) {
            return Optional.of(Message.of("alerting.urgent.nobody"));
        }
        if (!named.isEmpty()) {
            return Optional.empty();
        }
        return ringing.escalateAfter().isPositive()
                ? Optional.of(Message.of("alerting.urgent.last"))
                : Optional.empty();
    }

    /** @return how many watches that ring are urgent, and reach nobody or go to no next, because nobody is named */
    public long troubled(BranchId branch) {
        return unitOfWork.read(tx -> watches.all(tx, branch).stream()
                .filter(Watch::enabled)
                .filter(watch ->
                        trouble(tx, branch, ringings.of(tx, watch.id())).isPresent())
                .count());
    }

    /**
     * To be asked before a watch is saved.
     *
     * @param watchId null for one that is new
     * @return how it would ring
     * @throws FaultException INVALID with every fault
     */
    public Ringing check(Actor actor, @Nullable String watchId, Wanted wanted) {
        return unitOfWork.read(
                tx -> merged(tx, actor, watchId == null ? Ringing.TEAM : ringings.of(tx, watchId), wanted));
    }

    /** @throws FaultException INVALID with every fault; NOT_FOUND */
    public Ringing change(Actor actor, String watchId, Wanted wanted) {
        return unitOfWork.write(Urgency.REQUEST, tx -> change(tx, actor, watchId, wanted));
    }

    /** As part of what else is done with a watch; see the other. */
    public Ringing change(Tx tx, Actor actor, String watchId, Wanted wanted) {
        actor.require(Scope.MANAGE);
        Watch watch = require(tx, actor, watchId);
        Ringing before = ringings.of(tx, watchId);
        Ringing after = merged(tx, actor, before, wanted);
        ringings.put(tx, watchId, after);
        if (after.muted() && !before.muted()) {
            silencing.mute(tx, watchId);
        } else if (before.muted() && !after.muted() && after.urgent()) {
            Instant now = clock.instant();
            boolean sleeps =
                    after.snoozedUntil() != null && after.snoozedUntil().isAfter(now);
            silencing.unmute(tx, watch, after, sleeps ? after.snoozedUntil() : now);
        }
        audit.add(
                tx,
                actor,
                "watch.ringing",
                watchId,
                "recipients=" + after.recipients().size() + " mode="
                        + after.rhythm().mode() + " urgent=" + after.urgent() + " muted=" + after.muted());
        return after;
    }

    private Watch require(Tx tx, Actor actor, String watchId) {
        return watches.find(tx, actor.branch(), watchId).orElseThrow(() -> FaultException.notFound("watch", watchId));
    }

    /**
     * Silences a watch until then; null ends that. What it finds meanwhile is kept, and pushed to nobody; what it has found before and waits to
     * be told, or for an answer, goes on then.
     */
    public Ringing snooze(Actor actor, String watchId, @Nullable Instant until) {
        actor.require(Scope.MANAGE);
        Instant now = clock.instant();
        if (until != null && (!until.isAfter(now) || until.isAfter(now.plus(MOST_SNOOZE)))) {
            throw FaultException.invalid("/until", Message.of("alerting.snooze", "value", until));
        }
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            require(tx, actor, watchId);
            Ringing before = ringings.of(tx, watchId);
            Ringing after = before.snoozed(until);
            ringings.put(tx, watchId, after);
            Instant end = until == null ? now : until;
            silencing.pause(
                    tx,
                    watchId,
                    before.snoozedUntil() == null ? end : before.snoozedUntil(),
                    end,
                    before.escalateAfter());
            audit.add(tx, actor, "watch.snooze", watchId, until == null ? "" : until.toString());
            return after;
        });
    }

    private Ringing merged(Tx tx, Actor actor, Ringing before, Wanted wanted) {
        List<Fault> faults = new ArrayList<>();
        List<String> named = wanted.recipients() == null
                ? before.recipients()
                : wanted.recipients().stream().distinct().toList();
        if (wanted.recipients() != null) {
            for (String id : named) {
                if (!outbox.knows(tx, actor.branch(), id)) {
                    faults.add(Fault.at("/recipients", Message.of("alerting.recipient.unknown", "value", id)));
                }
            }
        }
        Rhythm rhythm = rhythm(before.rhythm(), wanted, faults);
        boolean urgent = wanted.urgent() == null ? before.urgent() : wanted.urgent();
        int minutes =
                wanted.escalateMinutes() == null ? (int) before.escalateAfter().toMinutes() : wanted.escalateMinutes();
        boolean asked = wanted.recipients() != null || wanted.urgent() != null || wanted.escalateMinutes() != null;
        if (asked && urgent && minutes > 0 && named.isEmpty()) {
            faults.add(Fault.at("/escalateMinutes", Message.of("alerting.escalate.nobody")));
        }
        if (minutes < 0 || minutes > MOST_ESCALATE) {
            faults.add(new Fault(
                    "/escalateMinutes",
                    Message.of("alerting.escalate", "limit", MOST_ESCALATE),
                    (long) MOST_ESCALATE,
                    (long) minutes));
        }
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        return new Ringing(
                named,
                rhythm,
                urgent,
                Duration.ofMinutes(minutes),
                wanted.muted() == null ? before.muted() : wanted.muted(),
                before.snoozedUntil());
    }

    private static Rhythm rhythm(Rhythm before, Wanted wanted, List<Fault> faults) {
        Rhythm.Mode mode = before.mode();
        if (wanted.mode() != null) {
            try {
                mode = Rhythm.Mode.valueOf(wanted.mode());
            } catch (IllegalArgumentException _) {
                faults.add(Fault.at("/mode", Message.of("alerting.mode", "value", wanted.mode())));
                return before;
            }
        }
        if (mode != Rhythm.Mode.AT_N) {
            return new Rhythm(mode, 0);
        }
        int count = wanted.count() == null ? before.count() : wanted.count();
        if (count < 2 || count > Rhythm.MOST) {
            faults.add(new Fault(
                    "/count",
                    Message.of("alerting.count", "limit", Rhythm.MOST, "value", count),
                    (long) Rhythm.MOST,
                    (long) count));
            return before;
        }
        return new Rhythm(mode, count);
    }
}
