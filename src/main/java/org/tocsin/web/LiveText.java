package org.tocsin.web;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.LiveEvent;

/** Events as they are written (WHATWG HTML 9.2.5). */
final class LiveText {
    private static final int PATIENCE = 2_000;

    private final String run;
    private final AtomicLong number;

    /** @param run of the daemon: ids of another are told apart */
    LiveText(String run) {
        this.run = run;
        this.number = new AtomicLong();
    }

    /**
     * The first that a stream says.
     *
     * @param resumed what came in between is not known: who comes back looks at everything again
     */
    String hello(boolean resumed) {
        // They do not all come back at the same moment after the daemon was started anew.
        int patience = PATIENCE + ThreadLocalRandom.current().nextInt(PATIENCE);
        return "retry: " + patience + "\n" + (resumed ? reload() : ":\n\n");
    }

    /**
     * @param open how many notices stand; null where that has not changed
     * @param lost whether some are missing
     */
    String of(List<LiveEvent> events, @Nullable Long open, boolean lost) {
        StringBuilder text = new StringBuilder();
        for (LiveEvent event : events) {
            if (event instanceof LiveEvent.OfDelivery delivery) {
                text.append(event(
                        "delivery",
                        "{\"postId\":\"" + delivery.postId() + "\",\"deliveryId\":\"" + delivery.deliveryId()
                                + "\",\"state\":\"" + delivery.state() + "\",\"version\":" + delivery.version() + "}"));
            }
        }
        if (events.stream().anyMatch(LiveEvent.OfMentions.class::isInstance)) {
            text.append(event("mentions", "{}"));
        }
        if (open != null) {
            text.append(event("notices", "{\"open\":" + open + "}"));
        }
        return lost ? text + reload() : text.toString();
    }

    private String reload() {
        return event("reload", "{}");
    }

    private String event(String name, String json) {
        return "id: " + run + "-" + number.incrementAndGet() + "\nevent: " + name + "\ndata: " + json + "\n\n";
    }
}
