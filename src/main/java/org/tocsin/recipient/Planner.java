package org.tocsin.recipient;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;

/**
 * Makes texts of what is due to a recipient: alone or as a digest, now or when his quiet hours end or his budget allows it. What goes, and
 * that it went, is one transaction; a digest is what the rows say when it is sent.
 */
public final class Planner implements DueQueue<String> {
    private static final Duration HOUR = Duration.ofHours(1);
    /** So many rows are well below 50 ms of the writer's time. */
    private static final int AT_ONCE = 200;

    private final UnitOfWork unitOfWork;
    private final RecipientRepository recipients;
    private final TellingRepository tellings;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Wakeup sending;
    private final Set<String> busy;

    /**
     * @param wakeup  rung when something is to be told
     * @param sending rung when there is something to send
     */
    public Planner(
            UnitOfWork unitOfWork,
            RecipientRepository recipients,
            TellingRepository tellings,
            Ids ids,
            Clock clock,
            Wakeup wakeup,
            Wakeup sending) {
        this.unitOfWork = unitOfWork;
        this.recipients = recipients;
        this.tellings = tellings;
        this.ids = ids;
        this.clock = clock;
        this.wakeup = wakeup;
        this.sending = sending;
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<String> claim(int max) {
        return unitOfWork.read(tx -> tellings.dueRecipients(tx, clock.instant(), max)).stream()
                .filter(busy::add)
                .toList();
    }

    @Override
    public void release(String recipientId) {
        busy.remove(recipientId);
    }

    @Override
    public Optional<Instant> nextAt() {
        return unitOfWork.read(tellings::nextDue);
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Decides on everything that is due to a recipient. */
    public void plan(String recipientId) {
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            tellings.settle(tx, recipientId);
            recipients.find(tx, recipientId).ifPresent(recipient -> plan(tx, recipient));
            tx.afterCommit(sending::ring);
            return true;
        });
    }

    private void plan(Tx tx, Recipient recipient) {
        Instant now = clock.instant();
        List<Way> ways = recipients.isShutOut(tx, recipient) ? List.of() : recipients.ways(tx, recipient.id());
        List<Telling> rest = new ArrayList<>();
        List<Telling> late = new ArrayList<>();
        for (Telling telling : tellings.due(tx, recipient.id(), now, AT_ONCE)) {
            if (telling.urgent() && telling.together()) {
                late.add(telling);
            } else if (telling.urgent()) {
                alone(tx, recipient, ways, telling, now);
            } else {
                rest.add(telling);
            }
        }
        if (!late.isEmpty()) {
            digest(tx, recipient, ways, late, now);
        }
        Optional<Instant> quiet = Optional.ofNullable(recipient.quiet()).flatMap(one -> one.end(now, recipient.zone()));
        if (rest.isEmpty()) {
            return;
        }
        if (quiet.isPresent()) {
            tellings.hold(tx, of(rest), quiet.get());
            return;
        }
        List<Instant> pushed = tellings.pushed(tx, recipient.id(), now.minus(HOUR));
        int left = recipient.budget() - pushed.size();
        List<Telling> together = rest.stream().filter(Telling::together).toList();
        List<Telling> singles = rest.stream().filter(one -> !one.together()).toList();
        List<Telling> tooMany = new ArrayList<>();
        if (!together.isEmpty() && left > 0) {
            left--;
            digest(tx, recipient, ways, together, now);
        } else {
            tooMany.addAll(together);
        }
        for (Telling telling : singles) {
            if (left > 0) {
                left--;
                alone(tx, recipient, ways, telling, now);
            } else {
                tooMany.add(telling);
            }
        }
        if (!tooMany.isEmpty()) {
            // The oldest of the texts of the last hour makes room when it is an hour old; what was planned now is
            // young.
            Instant oldest = pushed.isEmpty() ? now : pushed.getFirst();
            tellings.hold(tx, of(tooMany), oldest.plus(HOUR));
        }
    }

    private static List<String> of(List<Telling> some) {
        return some.stream().map(Telling::id).toList();
    }

    private void digest(Tx tx, Recipient recipient, List<Way> ways, List<Telling> some, Instant now) {
        if (some.size() == 1) {
            alone(tx, recipient, ways, some.getFirst(), now);
            return;
        }
        String id = ids.next();
        tellings.planned(tx, of(some), id);
        send(tx, recipient, ways, Subject.DIGEST, id, now);
    }

    private void alone(Tx tx, Recipient recipient, List<Way> ways, Telling telling, Instant now) {
        tellings.planned(tx, List.of(telling.id()), null);
        send(tx, recipient, ways, telling.kind(), telling.subject(), now);
    }

    private void send(Tx tx, Recipient recipient, List<Way> ways, Subject kind, String subject, Instant now) {
        for (Way way : ways) {
            tellings.insert(
                    tx,
                    new Dispatch(
                            ids.next(),
                            recipient.branch(),
                            recipient.id(),
                            way.id(),
                            kind,
                            subject,
                            Dispatch.State.WAITING,
                            0,
                            now,
                            now,
                            null));
        }
    }
}
