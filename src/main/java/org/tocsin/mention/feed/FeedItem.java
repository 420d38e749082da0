package org.tocsin.mention.feed;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.PlainText;

/**
 * One entry of a feed of any form, before it is made plain.
 *
 * @param id        as the feed names it; null where it does not
 * @param html      of the text; null where {@code plain} holds it, or there is none
 * @param plain     likewise
 * @param base      against which addresses without a host are read
 */
record FeedItem(
        @Nullable String id,
        @Nullable String title,
        @Nullable String html,
        @Nullable String plain,
        @Nullable String link,
        @Nullable String author,
        @Nullable String authorUrl,
        @Nullable Instant publishedAt,
        @Nullable String language,
        List<String> tags,
        boolean media,
        URI base) {
    private static final int MAX_ID = 500;
    private static final int MAX_NAME = 200;
    private static final int MAX_LINKS = 50;
    private static final int MAX_TAGS = 50;
    /** Reading HTML costs more than keeping text: what is larger is cut before. */
    private static final int MAX_HTML = 4 * HeardItem.MAX_TEXT;

    /** @return the item for the log; empty where it says nothing at all */
    Optional<HeardItem> heard(Instant now) {
        String markup = html == null ? "" : html.length() > MAX_HTML ? html.substring(0, MAX_HTML) : html;
        String text = html != null
                ? PlainText.ofHtml(markup, HeardItem.MAX_TEXT)
                : PlainText.cut(plain == null ? "" : plain, HeardItem.MAX_TEXT);
        String named = title == null ? "" : PlainText.cut(title.replaceAll("\\s+", " "), HeardItem.MAX_TITLE);
        Optional<String> url = resolved(link);
        if (named.isEmpty() && text.isEmpty() && url.isEmpty()) {
            return Optional.empty();
        }
        List<Element> anchors =
                markup.contains("href") ? Jsoup.parseBodyFragment(markup).select("a[href]") : List.of();
        Set<String> links = new LinkedHashSet<>();
        anchors.stream()
                .flatMap(one -> resolved(one.attr("href")).stream())
                .limit(MAX_LINKS)
                .forEach(links::add);
        boolean pictures = media || markup.contains("<img") || markup.contains("<video");
        return Optional.of(new HeardItem(
                nativeId(named, text, url),
                ItemKind.ARTICLE,
                new Author(label(author, MAX_NAME), null, resolved(authorUrl).orElse(null)),
                named.isEmpty() ? null : named,
                text,
                language,
                url.orElse(null),
                publishedAt == null || publishedAt.isAfter(now) ? null : publishedAt,
                tags.stream()
                        .flatMap(tag -> Stream.ofNullable(label(tag, MAX_NAME)))
                        .distinct()
                        .limit(MAX_TAGS)
                        .toList(),
                List.of(),
                List.copyOf(links),
                null,
                pictures,
                Counts.unknown()));
    }

    private static @Nullable String label(@Nullable String words, int max) {
        String clean = words == null ? "" : PlainText.cut(words.replaceAll("\\s+", " "), max);
        return clean.isEmpty() ? null : clean;
    }

    private Optional<String> resolved(@Nullable String written) {
        if (written == null || written.isBlank() || written.length() > 2_000) {
            return Optional.empty();
        }
        try {
            return PlainText.link(base.resolve(written.strip()).toString());
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** By its id, else its address, else its words. */
    private String nativeId(String named, String text, Optional<String> url) {
        String own = id == null ? "" : id.strip();
        String chosen = own.isEmpty() ? url.orElseGet(() -> "sha256:" + hash(named + "\n" + text)) : own;
        return chosen.length() <= MAX_ID ? PlainText.cut(chosen, MAX_ID) : "sha256:" + hash(chosen);
    }

    private static String hash(String words) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
