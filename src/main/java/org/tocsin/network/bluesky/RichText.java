package org.tocsin.network.bluesky;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tocsin.network.Draft;
import org.tocsin.post.Graphemes;
import org.tocsin.post.TextEntities;
import org.tocsin.post.TextEntity;
import org.tocsin.post.TextSize;
import org.tocsin.post.Utf8Offsets;

/**
 * A text as Bluesky shows it: links are shortened to the eye, as its own app does, and stay whole in their facets.
 *
 * @param text  what is stored and counted
 * @param spans what becomes a facet, in order
 */
record RichText(String text, List<Span> spans) {
    /** In graphemes, of the lexicon app.bsky.feed.post. */
    static final int MAX_GRAPHEMES = 300;
    /** Of the same. */
    static final int MAX_BYTES = 3000;

    private static final int MAX_TAG_GRAPHEMES = 64;
    private static final int MAX_TAG_BYTES = 640;
    /** The app keeps a path of at most 15 characters, and cuts a longer one to 13. */
    private static final int MAX_PATH = 15;

    private static final int CUT_PATH = 13;

    /**
     * A part of the text that means something.
     *
     * @param start UTF-8 bytes before it
     * @param end   UTF-8 bytes before its end
     * @param value the whole URL; the handle without its {@code @}; the tag without its {@code #}
     */
    record Span(TextEntity.Kind kind, int start, int end, String value) {}

    RichText {
        spans = List.copyOf(spans);
    }

    /** A text with its warning before it: there is no field for one. */
    static RichText of(Draft draft) {
        return of(draft.contentWarning() == null ? draft.text() : draft.contentWarning() + "\n\n" + draft.text());
    }

    static RichText of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        List<TextEntity> moved = new ArrayList<>();
        int at = 0;
        for (TextEntity entity : TextEntities.find(text)) {
            shown.append(text, at, entity.start());
            at = entity.end();
            int start = shown.length();
            String written = text.substring(entity.start(), entity.end());
            shown.append(entity.kind() == TextEntity.Kind.LINK ? shortened(written) : written);
            moved.add(new TextEntity(entity.kind(), start, shown.length(), entity.value()));
        }
        String whole = shown.append(text, at, text.length()).toString();
        Utf8Offsets offsets = new Utf8Offsets(whole);
        List<Span> spans = moved.stream()
                .filter(RichText::isFacet)
                .map(entity ->
                        new Span(entity.kind(), offsets.at(entity.start()), offsets.at(entity.end()), entity.value()))
                .toList();
        return new RichText(whole, spans);
    }

    /** @return the size by the limit that is broken; by graphemes where none is */
    TextSize size() {
        long bytes = new Utf8Offsets(text).at(text.length());
        int graphemes = Graphemes.count(text);
        return bytes > MAX_BYTES && graphemes <= MAX_GRAPHEMES
                ? new TextSize(bytes, MAX_BYTES, "bytes")
                : new TextSize(graphemes, MAX_GRAPHEMES, "graphemes");
    }

    /** A mention of a handle that can be one here; a tag that is not too long. */
    private static boolean isFacet(TextEntity entity) {
        return switch (entity.kind()) {
            case LINK -> true;
            case MENTION -> entity.value().indexOf('.') > 0 && entity.value().indexOf('@') < 0;
            case HASHTAG ->
                Graphemes.count(entity.value()) <= MAX_TAG_GRAPHEMES
                        && new Utf8Offsets(entity.value()).at(entity.value().length()) <= MAX_TAG_BYTES;
        };
    }

    /** As toShortUrl of bluesky-social/social-app, src/lib/strings/url-helpers.ts: host and the beginning of the path. */
    private static String shortened(String url) {
        int host = url.indexOf("://") + 3;
        int path = host;
        while (path < url.length() && "/?#".indexOf(url.charAt(path)) < 0) {
            path++;
        }
        String authority = url.substring(host, path).toLowerCase(Locale.ROOT);
        if (authority.indexOf('@') >= 0) {
            // What stands before the @ would pass for the host.
            return url;
        }
        String rest = url.substring(path);
        if (rest.equals("/")) {
            return authority;
        }
        String shown = rest.startsWith("/?") || rest.startsWith("/#") ? rest.substring(1) : rest;
        if (shown.length() <= MAX_PATH) {
            return authority + shown;
        }
        int cut = Character.isLowSurrogate(shown.charAt(CUT_PATH)) ? CUT_PATH - 1 : CUT_PATH;
        return authority + shown.substring(0, cut) + "...";
    }
}
