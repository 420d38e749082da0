package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.recipient.Outbox;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.RecipientRepository;
import org.tocsin.recipient.Rhythm;
import org.tocsin.recipient.Succession;

/**
 * Passes on what is urgent and was not acknowledged in time: to the next of whom it was for, and from him to his next. Nobody is told of the
 * same story twice, so that a circle ends where it began. Where somebody is removed with whom it is open, it does not wait: his next is told, or
 * the desk.
 */
public final class Escalation implements DueQueue<Alert>, Succession {
    /** So many are well below 50 ms of the writer's time; the rest stays open on the desk. */
    private static final int MOST_LEFT = 100;

    private final UnitOfWork unitOfWork;
    private final AlertRepository alerts;
    private final WatchRepository watches;
    private final Notices notices;
    private final RingingRepository ringings;
    private final RecipientRepository recipients;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Set<String> busy;

    public Escalation(
            UnitOfWork unitOfWork,
            AlertRepository alerts,
            WatchRepository watches,
            Notices notices,
            RingingRepository ringings,
            RecipientRepository recipients,
            Outbox outbox,
            Ids ids,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.alerts = alerts;
        this.watches = watches;
        this.notices = notices;
        this.ringings = ringings;
        this.recipients = recipients;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
        this.wakeup = wakeup;
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<Alert> claim(int max) {
        return unitOfWork.read(tx -> alerts.unanswered(tx, clock.instant(), max)).stream()
                .filter(alert -> busy.add(alert.id()))
                .toList();
    }

    @Override
    public void release(Alert alert) {
        busy.remove(alert.id());
    }

    @Override
    public Object key(Alert alert) {
        return alert.id();
    }

    @Override
    public Optional<Instant> nextAt() {
        return unitOfWork.read(alerts::nextUnanswered);
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Tells the next, where nobody has acknowledged it meanwhile. */
    public void pass(Alert alert) {
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            if (alerts.given(tx, alert.id())) {
                next(tx, alert);
            }
            return true;
        });
    }

    @Override
    public void leaves(Tx tx, Recipient recipient) {
        for (Alert alert : alerts.openWith(tx, recipient.id(), MOST_LEFT)) {
            if (!next(tx, alert) && !isWithOthers(tx, alert)) {
                notices.raise(
                        tx,
                        alert.branch(),
                        Notices.Kind.ALERT,
                        alert.id(),
                        Message.of(
                                "alerting.left",
                                "name",
                                recipient.name(),
                                "watch",
                                watches.find(tx, alert.branch(), alert.watchId())
                                        .map(Watch::name)
                                        .orElse(alert.watchId())));
            }
        }
    }

    private boolean isWithOthers(Tx tx, Alert alert) {
        return alerts.siblings(tx, alert).stream()
                .map(Alert::recipientId)
                .anyMatch(id -> !id.equals(alert.recipientId())
                        && recipients.find(tx, id).isPresent());
    }

    /** @return whether somebody is told */
    private boolean next(Tx tx, Alert alert) {
        Instant now = clock.instant();
        Instant wait = ringings.of(tx, alert.watchId()).escalateAt(now);
        Set<String> asked = ConcurrentHashMap.newKeySet();
        @Nullable Recipient at = recipients.find(tx, alert.recipientId()).orElse(null);
        // Who was told already is passed over: his own next may not have been.
        while (at != null && at.nextId() != null && asked.add(at.id())) {
            at = recipients.find(tx, at.nextId()).orElse(null);
            if (at != null && !recipients.isShutOut(tx, at) && told(tx, alert, at, now, wait)) {
                return true;
            }
        }
        return false;
    }

    private boolean told(Tx tx, Alert alert, Recipient to, Instant now, @Nullable Instant wait) {
        Alert passed = alert.passedOn(ids.next(), to.id(), now, wait);
        if (!alerts.pass(tx, passed)) {
            return false;
        }
        outbox.alert(tx, to, alert.watchId(), passed.id(), Rhythm.INSTANT, true);
        tx.afterCommit(wakeup::ring);
        return true;
    }
}
