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
    private final ClockWatch clockWatch;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Set<String> busy;

    public DeliveryQueue(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            AccountRepository accounts,
            Gate gate,
            ClockWatch clockWatch,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.accounts = accounts;
        this.gate = gate;
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
        List<DeliveryWork> work = new ArrayList<>();
        for (Delivery delivery : deliveries.timed(tx, DeliveryState.SCHEDULED, now, PROMOTED_AT_ONCE)) {
            save(tx, delivery, delivery.on(DeliveryEvent.TIME, now, null));
        }
        for (Delivery delivery : deliveries.timed(tx, DeliveryState.WAITING, now, PROMOTED_AT_ONCE)) {
            if (delivery.pending() == null) {
                Instant planned = delivery.nextAt() == null ? now : delivery.nextAt();
                save(
                        tx,
                        delivery,
                        delivery.on(DeliveryEvent.TIME, now, delivery.reason()).expected(planned));
            } else if (work.size() < max && taken.add(delivery.channelId())) {
                work.add(new DeliveryWork(delivery, Task.RESUME));
            }
        }
        for (Delivery delivery : deliveries.timed(tx, DeliveryState.UNKNOWN, now, PROMOTED_AT_ONCE)) {
            if (work.size() < max && taken.add(delivery.channelId())) {
                work.add(new DeliveryWork(delivery, Task.RECONCILE));
            }
        }
        claimHeads(tx, now, taken, work, max);
        return work;
    }

    private void claimHeads(Tx tx, Instant now, Set<String> taken, List<DeliveryWork> work, int max) {
        Map<String, Account> known = accounts.all(tx);
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
                if (head.state() != DeliveryState.DUE) {
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

    private void save(Tx tx, Delivery seen, Delivery changed) {
        deliveries.save(tx, changed, seen.version());
    }

    @Override
    public void release(DeliveryWork work) {
        busy.remove(work.delivery().channelId());
        wakeup.ring();
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
