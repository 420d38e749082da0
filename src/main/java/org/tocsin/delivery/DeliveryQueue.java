package org.tocsin.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.DeliveryWork.Task;

/**
 * Hands out deliveries: per channel one at a time and in order of their due times, so that a slow or broken channel delays no other.
 * What is frozen, late or on a held channel is held here, before anything is prepared.
 */
public final class DeliveryQueue implements DueQueue<DeliveryWork> {
    private static final int PROMOTED_AT_ONCE = 500;
    private static final int ROUNDS = 200;

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final AccountRepository accounts;
    private final Gate gate;
    private final Orphans orphans;
    private final ClockWatch clockWatch;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Set<String> busy;

    public DeliveryQueue(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            AccountRepository accounts,
            Gate gate,
            Orphans orphans,
            ClockWatch clockWatch,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.accounts = accounts;
        this.gate = gate;
        this.orphans = orphans;
        this.clockWatch = clockWatch;
        this.clock = clock;
        this.wakeup = wakeup;
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<DeliveryWork> claim(int max) {
        if (max <= 0 || !clockWatch.steady()) {
            return List.of();
        }
        List<DeliveryWork> claimed = unitOfWork.write(Urgency.DELIVERY, tx -> claim(tx, max));
        claimed.forEach(work -> busy.add(work.delivery().channelId()));
        return claimed;
    }

    private List<DeliveryWork> claim(Tx tx, int max) {
        Instant now = clock.instant();
        Set<String> taken = new HashSet<>(busy);
        Map<String, Account> known = accounts.all(tx);
        List<DeliveryWork> work = new ArrayList<>();
        for (Delivery delivery : deliveries.timed(tx, DeliveryState.SCHEDULED, now, PROMOTED_AT_ONCE)) {
            save(tx, delivery, delivery.on(DeliveryEvent.TIME, now, null));
        }
        for (Delivery delivery : deliveries.timed(tx, DeliveryState.WAITING, now, PROMOTED_AT_ONCE)) {
            if (delivery.pending() == null) {
                save(tx, delivery, delivery.on(DeliveryEvent.TIME, now, delivery.reason()));
            } else {
                ask(tx, delivery, Task.RESUME, known, now, taken, work, max);
            }
        }
        for (Delivery delivery : deliveries.timedHeads(tx, DeliveryState.UNKNOWN, now)) {
            ask(tx, delivery, Task.RECONCILE, known, now, taken, work, max);
        }
        claimHeads(tx, known, now, taken, work, max);
        return work;
    }

    /** Hands it out, unless its account is closed: then nothing is asked of the network, not even this. */
    private void ask(
            Tx tx,
            Delivery delivery,
            Task task,
            Map<String, Account> known,
            Instant now,
            Set<String> taken,
            List<DeliveryWork> work,
            int max) {
        if (work.size() >= max || taken.contains(delivery.channelId())) {
            return;
        }
        Account account = known.getOrDefault(delivery.channelId(), Account.free(delivery.channelId()));
        Optional<Instant> closed = account.closedUntil(now);
        if (closed.isPresent()) {
            save(tx, delivery, delivery.then(delivery.nextAction(), closed.get()));
        } else {
            taken.add(delivery.channelId());
            work.add(new DeliveryWork(delivery, task));
        }
    }

    private void claimHeads(
            Tx tx, Map<String, Account> known, Instant now, Set<String> taken, List<DeliveryWork> work, int max) {
        boolean again = true;
        // Holding a head brings the next one to the head of the line: look again, but not without end in one
        // transaction.
        for (int round = 0; again && round < ROUNDS && work.size() < max; round++) {
            again = false;
            for (Delivery head : deliveries.heads(tx, taken)) {
                if (work.size() >= max) {
                    break;
                }
                Account account = known.getOrDefault(head.channelId(), Account.free(head.channelId()));
                if (head.state() == DeliveryState.PREPARING) {
                    // There is one claimer, and the channel is not in hand: nobody works on it.
                    orphans.again(tx, head, now);
                    again = true;
                } else if (head.state() == DeliveryState.SENDING) {
                    orphans.lose(tx, head, now);
                    again = true;
                } else if (head.state() != DeliveryState.DUE || isLater(head, now)) {
                    taken.add(head.channelId());
                } else if (account.throttledUntil() != null && now.isBefore(account.throttledUntil())) {
                    save(tx, head, head.then(NextAction.SEND, account.throttledUntil()));
                    taken.add(head.channelId());
                } else {
                    Optional<Message> hold = gate.refusal(tx, head, account, now);
                    if (hold.isPresent()) {
                        gate.hold(tx, head, hold.get(), now);
                        again = true;
                    } else {
                        Delivery claimed = head.on(DeliveryEvent.CLAIM, now, null);
                        save(tx, head, claimed);
                        taken.add(head.channelId());
                        work.add(new DeliveryWork(claimed, Task.SEND));
                    }
                }
            }
        }
    }

    private static boolean isLater(Delivery due, Instant now) {
        return due.nextAt() != null && now.isBefore(due.nextAt());
    }

    private void save(Tx tx, Delivery seen, Delivery changed) {
        deliveries.save(tx, changed, seen.version());
    }

    @Override
    public void release(DeliveryWork work) {
        busy.remove(work.delivery().channelId());
        wakeup.ring();
    }

    @Override
    public Object key(DeliveryWork work) {
        return work.delivery().id();
    }

    @Override
    public Optional<Instant> nextAt() {
        return unitOfWork.read(deliveries::nextAt);
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }
}
