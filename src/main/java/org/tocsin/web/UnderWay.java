package org.tocsin.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;

/** What is coming up and under way, the soonest first. What is not known and will be found out by itself is under way as well. */
public final class UnderWay {
    private static final Set<DeliveryState> STATES = EnumSet.of(
            DeliveryState.SCHEDULED,
            DeliveryState.DUE,
            DeliveryState.PREPARING,
            DeliveryState.SENDING,
            DeliveryState.WAITING,
            DeliveryState.UNKNOWN);
    private static final int PAGE = 200;

    /** A page is for people: of more than this nobody reads the order. */
    private static final int LOOKED_AT = 2_000;

    private UnderWay() {}

    /** @return at most so many, by the time at which something happens to them next */
    public static List<Delivery> of(Tx tx, DeliveryRepository deliveries, BranchId branch, int max) {
        // The store gives the newest first, and what was written first may be what is planned last.
        List<Delivery> all = new ArrayList<>();
        List<Delivery> page = deliveries.page(tx, branch, STATES, "", PAGE);
        all.addAll(page);
        while (page.size() == PAGE && all.size() < LOOKED_AT) {
            page = deliveries.page(tx, branch, STATES, page.getLast().id(), PAGE);
            all.addAll(page);
        }
        return all.stream()
                .filter(delivery -> delivery.nextAction() != NextAction.PERSON)
                .sorted(Comparator.comparing(UnderWay::at).thenComparing(Delivery::id))
                .limit(max)
                .toList();
    }

    /** @return when something happens to it next; when it was to go out, where nothing is planned */
    public static Instant at(Delivery delivery) {
        return delivery.nextAt() == null ? delivery.dueAt() : delivery.nextAt();
    }
}
