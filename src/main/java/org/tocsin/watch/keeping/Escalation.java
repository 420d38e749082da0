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
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.recipient.Outbox;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.RecipientRepository;
import org.tocsin.recipient.Rhythm;

/**
 * Passes on what is urgent and was not acknowledged in time: to the next of whom it was for, and from him to his next. Nobody is told of the
 * same story twice, so that a circle ends where it began.
 */
public final class Escalation implements DueQueue<Alert> {
    private final UnitOfWork unitOfWork;
    private final AlertRepository alerts;
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
            RingingRepository ringings,
            RecipientRepository recipients,
            Outbox outbox,
            Ids ids,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.alerts = alerts;
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

    private void next(Tx tx, Alert alert) {
        Instant now = clock.instant();
        Instant wait = ringings.of(tx, alert.watchId()).escalateAt(now);
        Set<String> asked = ConcurrentHashMap.newKeySet();
        @Nullable Recipient at = recipients.find(tx, alert.recipientId()).orElse(null);
        // Who was told already is passed over: his own next may not have been.
        while (at != null && at.nextId() != null && asked.add(at.id())) {
            at = recipients.find(tx, at.nextId()).orElse(null);
            if (at != null && told(tx, alert, at, now, wait)) {
                return;
            }
        }
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
