package org.tocsin.delivery;

import static org.tocsin.delivery.DeliveryState.CANCELLED;
import static org.tocsin.delivery.DeliveryState.DELETED;
import static org.tocsin.delivery.DeliveryState.DUE;
import static org.tocsin.delivery.DeliveryState.EXHAUSTED;
import static org.tocsin.delivery.DeliveryState.HELD;
import static org.tocsin.delivery.DeliveryState.PREPARING;
import static org.tocsin.delivery.DeliveryState.PUBLISHED;
import static org.tocsin.delivery.DeliveryState.REFUSED;
import static org.tocsin.delivery.DeliveryState.SCHEDULED;
import static org.tocsin.delivery.DeliveryState.SENDING;
import static org.tocsin.delivery.DeliveryState.UNKNOWN;
import static org.tocsin.delivery.DeliveryState.WAITING;

import java.util.Optional;

/** The table of a delivery's life: the one place that says which event leads from which state to which. */
public final class DeliveryTransitions {
    private DeliveryTransitions() {}

    /**
     * @param from  the state now
     * @param event what happens
     * @return the state after it; empty where the event is refused in that state
     */
    public static Optional<DeliveryState> next(DeliveryState from, DeliveryEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case TIME -> oneOf(from, SCHEDULED, WAITING) ? DUE : null;
                    case CLAIM -> from == DUE ? PREPARING : null;
                    case CANCEL ->
                        oneOf(from, SCHEDULED, DUE, PREPARING, WAITING, HELD, REFUSED, EXHAUSTED) ? CANCELLED : null;
                    case EDIT -> oneOf(from, SCHEDULED, DUE) ? SCHEDULED : null;
                    case INTENT -> from == PREPARING ? SENDING : null;
                    case WAIT -> oneOf(from, PREPARING, SENDING) ? WAITING : null;
                    case HOLD -> oneOf(from, SCHEDULED, DUE, PREPARING, SENDING, WAITING) ? HELD : null;
                    case REFUSE -> oneOf(from, PREPARING, SENDING, UNKNOWN) ? REFUSED : null;
                    case EXHAUST -> oneOf(from, PREPARING, SENDING, WAITING) ? EXHAUSTED : null;
                    case SEGMENT_PUBLISHED -> from == SENDING ? PREPARING : null;
                    case PUBLISH -> from == SENDING ? PUBLISHED : null;
                    case LOSE -> from == SENDING ? UNKNOWN : null;
                    case RESUME -> from == WAITING ? SENDING : null;
                    case RESEND -> from == UNKNOWN ? SENDING : null;
                    case FOUND -> from == UNKNOWN ? PUBLISHED : null;
                    case FOUND_PART, ABSENT -> from == UNKNOWN ? DUE : null;
                    case RESTART -> from == PREPARING ? DUE : from == SENDING ? UNKNOWN : null;
                    case RELEASE -> oneOf(from, HELD, REFUSED, EXHAUSTED) ? DUE : null;
                    case POSTPONE -> from == HELD ? SCHEDULED : null;
                    case DELETE -> from == PUBLISHED ? DELETED : null;
                });
    }

    private static boolean oneOf(DeliveryState state, DeliveryState... states) {
        for (DeliveryState candidate : states) {
            if (candidate == state) {
                return true;
            }
        }
        return false;
    }
}
