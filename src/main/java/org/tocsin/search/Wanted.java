package org.tocsin.search;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.ItemKind;

/**
 * What is looked for.
 *
 * @param query    in the language of watches; empty for everything
 * @param from     written then or later; null for no bound, as for all that follow
 * @param to       written before then
 * @param network  of the source, such as {@code feed}
 * @param source   its id
 * @param language BCP 47; a wide one includes the narrow ones
 * @param tag      with or without its {@code #}
 * @param watch    the id of one that has matched
 */
public record Wanted(
        String query,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String network,
        @Nullable String source,
        @Nullable String language,
        @Nullable String tag,
        @Nullable String watch,
        @Nullable ItemKind kind,
        Order order) {
    private static final int CODE = 16;

    /** What comes first. */
    public enum Order {
        NEWEST,
        RELEVANCE
    }

    /** Everything that these words match, newest first. */
    public static Wanted of(String query) {
        return new Wanted(query, null, null, null, null, null, null, null, null, Order.NEWEST);
    }

    /**
     * What an audit trail may keep for good: all bounds, and of the words and of a tag, which may name an author, only a code by which the
     * same are known again, and only by whoever holds the daemon's key.
     *
     * @param hash a one-way name with a key
     */
    String traced(UnaryOperator<String> hash) {
        Map<String, @Nullable Object> bounds = new LinkedHashMap<>();
        bounds.put("from", from);
        bounds.put("to", to);
        bounds.put("network", network);
        bounds.put("source", source);
        bounds.put("language", language);
        bounds.put(
                "tag",
                tag == null ? null : hash.apply("tag searched for: " + tag).substring(0, CODE));
        bounds.put("watch", watch);
        bounds.put("kind", kind);
        String given = bounds.entrySet().stream()
                .filter(bound -> bound.getValue() != null)
                .map(bound -> bound.getKey() + ":" + bound.getValue())
                .collect(Collectors.joining(","));
        return "words=" + (query.isBlank() ? "none" : code(hash)) + " bounds=" + (given.isEmpty() ? "none" : given);
    }

    /** Nobody else names anything by what begins so. */
    private String code(UnaryOperator<String> hash) {
        return hash.apply("words searched for: " + query).substring(0, CODE);
    }

    /** @return whether something beside the words bounds it */
    boolean bounded() {
        return from != null
                || to != null
                || network != null
                || source != null
                || language != null
                || tag != null
                || watch != null
                || kind != null;
    }
}
