package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Shows how the deliveries of a post go on until all have come to rest, or for a while. */
final class Watching {
    private static final int WAIT_SECONDS = 15;

    private final TocsinCommand root;

    Watching(TocsinCommand root) {
        this.root = root;
    }

    /** @return 0, or 1 where a person is needed */
    int show(JsonNode accepted) throws InterruptedException {
        Api api = root.api();
        JsonNode post = accepted;
        String path = Api.path("posts", accepted.path("id").asText());
        for (int i = 0; i < WAIT_SECONDS * 4 && moving(post); i++) {
            Thread.sleep(250);
            try {
                post = api.get(path);
            } catch (CommandFault gone) {
                root.terminal().say("cli.watch.lost", "id", accepted.path("id").asText());
                return 1;
            }
        }
        boolean attention = false;
        boolean timed = false;
        for (JsonNode delivery : post.path("deliveries")) {
            Deliveries.show(root.terminal(), delivery);
            timed |= delivery.path("nextAt").isTextual();
            String state = delivery.path("state").asText();
            attention |= List.of("UNKNOWN", "HELD", "REFUSED", "EXHAUSTED").contains(state)
                    || Deliveries.last(delivery).stream()
                            .map(revision -> revision.path("state").asText())
                            .anyMatch(List.of("HELD", "REFUSED")::contains);
        }
        if (timed) {
            root.terminal().say("cli.zone", "zone", root.terminal().zone());
        }
        return attention ? 1 : 0;
    }

    private static boolean moving(JsonNode post) {
        for (JsonNode delivery : post.path("deliveries")) {
            if (List.of("DUE", "PREPARING", "SENDING")
                            .contains(delivery.path("state").asText())
                    || Deliveries.last(delivery).stream()
                            .anyMatch(
                                    revision -> revision.path("state").asText().equals("DUE"))) {
                return true;
            }
        }
        return false;
    }
}
