package org.tocsin.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
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
     * What an audit trail may keep for good: all bounds, and of the words, which may name an author, only a code by which the same are known
     * again.
     */
    String traced() {
        Map<String, @Nullable Object> bounds = new LinkedHashMap<>();
        bounds.put("from", from);
        bounds.put("to", to);
        bounds.put("network", network);
        bounds.put("source", source);
        bounds.put("language", language);
        bounds.put("tag", tag);
        bounds.put("watch", watch);
        bounds.put("kind", kind);
        String given = bounds.entrySet().stream()
                .filter(bound -> bound.getValue() != null)
                .map(bound -> bound.getKey() + ":" + bound.getValue())
                .collect(Collectors.joining(","));
        return "words=" + (query.isBlank() ? "none" : code(query)) + " bounds=" + (given.isEmpty() ? "none" : given);
    }

    private static String code(String words) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
