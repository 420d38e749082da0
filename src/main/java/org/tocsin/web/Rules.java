package org.tocsin.web;

import org.tocsin.base.Message;

/** Whose rules a rehearsal follows, in words. */
public final class Rules {
    private Rules() {}

    /** @param standsFor a network's id; anything else for none */
    public static Message of(String standsFor) {
        return switch (standsFor) {
            case "mastodon" -> Message.of("web.rules.mastodon");
            case "bluesky" -> Message.of("web.rules.bluesky");
            case "telegram" -> Message.of("web.rules.telegram");
            case "x" -> Message.of("web.rules.x");
            default -> Message.of("web.rules.none");
        };
    }
}
