package org.tocsin.delivery;

import java.time.Clock;
import java.util.random.RandomGenerator;
import org.tocsin.base.Wakeup;
import org.tocsin.media.MediaStore;
import org.tocsin.network.Networks;

/**
 * The parts that move deliveries, put together.
 *
 * @param recovery   to be run once, first
 * @param queue      hands out what is due
 * @param dispatcher takes what was handed out as far as it goes
 */
public record DeliveryEngine(Recovery recovery, DeliveryQueue queue, Dispatcher dispatcher) {
    /**
     * @param random for jitter
     * @param wakeup rung when a slot is free
     */
    public static DeliveryEngine of(
            DeliveryStores stores,
            Networks networks,
            MediaStore files,
            DeliverySettings settings,
            ClockWatch clockWatch,
            Clock clock,
            RandomGenerator random,
            Wakeup wakeup,
            CrashPoints crashPoints) {
        RetryPolicy retry = new RetryPolicy(settings, random);
        Plan plan = new Plan(settings, retry, stores.notices());
        Gate gate = new Gate(
                stores.deliveries(),
                stores.accounts(),
                stores.freezes(),
                stores.approvals(),
                stores.notices(),
                settings);
        Intents intents = new Intents(
                stores.unitOfWork(), stores.deliveries(), stores.channels(), stores.accounts(), gate, clock);
        Outcomes outcomes = new Outcomes(stores, gate, retry, plan, clock);
        Orphans orphans = new Orphans(stores.deliveries());
        Reconciliation reconciliation = new Reconciliation(stores, gate, intents, outcomes, plan, clock);
        Preparation preparation =
                new Preparation(stores.unitOfWork(), stores.deliveries(), stores.media(), files, clock);
        return new DeliveryEngine(
                new Recovery(stores, orphans, clock),
                new DeliveryQueue(
                        stores.unitOfWork(),
                        stores.deliveries(),
                        stores.accounts(),
                        gate,
                        orphans,
                        clockWatch,
                        clock,
                        wakeup),
                new Dispatcher(
                        stores.unitOfWork(),
                        stores.deliveries(),
                        stores.channels(),
                        networks,
                        preparation,
                        intents,
                        outcomes,
                        reconciliation,
                        crashPoints));
    }
}
