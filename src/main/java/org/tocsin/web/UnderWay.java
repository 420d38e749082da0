package org.tocsin.web;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;

/** What is coming up and under way, the soonest first. What is not known and will be found out by itself is under way as well. */
public final class UnderWay {
    private static final Set<DeliveryState> STATES = EnumSet.of(
            DeliveryState.SCHEDULED,
            DeliveryState.DUE,
            DeliveryState.PREPARING,
            DeliveryState.SENDING,
            DeliveryState.WAITING,
            DeliveryState.UNKNOWN);

    private UnderWay() {}

    /** @return at most so many, by the time at which something happens to them next */
    public static List<Delivery> of(Tx tx, DeliveryRepository deliveries, BranchId branch, int max) {
        return deliveries.soonest(tx, branch, STATES, max);
    }

    /** @return when something happens to it next; when it was to go out, where nothing is planned */
    public static Instant at(Delivery delivery) {
        return delivery.nextAt() == null ? delivery.dueAt() : delivery.nextAt();
    }
}
