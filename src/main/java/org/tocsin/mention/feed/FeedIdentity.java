package org.tocsin.mention.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.network.Json;

/**
 * Who a feed says it is, from one reading to the next: a domain that was sold speaks on at the same address. Alerts go on, and people are told.
 *
 * @param title   what it calls itself; null where it does not
 * @param host    of the server that answered
 * @param was     what it was before it changed last; null where it never did
 * @param changed when; null likewise
 */
record FeedIdentity(
        @Nullable String title,
        String host,
        @Nullable String was,
        @Nullable Instant changed) {
    /** So long a change is shown at the source; the notice stays until somebody has seen to it. */
    private static final Duration SHOWN = Duration.ofDays(14);
    /** Shorter words are articles and the like. */
    private static final int WORD = 3;

    /** @param seen the cursor of the reading before; missing at first */
    static FeedIdentity of(JsonNode seen, @Nullable String title, URI at, Instant now) {
        String host = plain(String.valueOf(at.getHost()));
        Optional<String> titleBefore = Json.text(seen, "title");
        Optional<String> hostBefore = Json.text(seen, "host");
        if (hostBefore.isPresent() && !hostBefore.get().equals(host)) {
            return new FeedIdentity(title, host, titleBefore.orElse("") + " (" + hostBefore.get() + ")", now);
        }
        if (titleBefore.isPresent() && title != null && !related(titleBefore.get(), title)) {
            return new FeedIdentity(title, host, titleBefore.get(), now);
        }
        return new FeedIdentity(
                title == null ? titleBefore.orElse(null) : title,
                host,
                Json.text(seen, "was").orElse(null),
                Json.instant(seen, "changed").orElse(null));
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("www.") ? lower.substring(4) : lower;
    }

    /** A feed that adds the month to its title is the same one; where no word is left, it is not. */
    private static boolean related(String before, String now) {
        Set<String> words = words(before);
        return before.equals(now) || words.isEmpty() || words(now).stream().anyMatch(words::contains);
    }

    private static Set<String> words(String title) {
        Set<String> words = new HashSet<>();
        for (String word : title.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (word.length() >= WORD) {
                words.add(word);
            }
        }
        return words;
    }

    /** @return what people should know; null for nothing */
    @Nullable
    Message remark(Instant now) {
        return was == null || changed == null || changed.plus(SHOWN).isBefore(now)
                ? null
                : Message.of(
                        "heard.feed.other", "before", was, "now", title == null ? host : title + " (" + host + ")");
    }

    void write(ObjectNode node) {
        node.put("title", title).put("host", host);
        if (was != null && changed != null) {
            node.put("was", was).put("changed", changed.toString());
        }
    }
}
