package org.tocsin.web;

import java.time.Instant;
import org.tocsin.delivery.Delivery;

/** When something happens to what is coming up and under way. */
public final class UnderWay {
    private UnderWay() {}

    /** @return when something happens to it next; when it was to go out, where nothing is planned */
    public static Instant at(Delivery delivery) {
        return delivery.nextAt() == null ? delivery.dueAt() : delivery.nextAt();
    }
}
