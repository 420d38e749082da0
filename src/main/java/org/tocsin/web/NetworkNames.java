package org.tocsin.web;

import java.util.Locale;
import java.util.function.Function;
import org.tocsin.base.Message;

/** Networks by the name that people know them by. */
public final class NetworkNames {
    private NetworkNames() {}

    /**
     * @param id   as sources and channels call it
     * @param said tells a message in the language of who reads
     */
    public static String of(String id, Function<Message, String> said) {
        return switch (id) {
            case "feed", "rss" -> said.apply(Message.of("rights.kind.feed"));
            case "entry" -> said.apply(Message.of("rights.kind.entry"));
            case "webhook" -> said.apply(Message.of("rights.kind.webhook"));
            case "" -> "";
            default -> id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
        };
    }
}
