package org.tocsin.mention;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item as a source gave it, before it stands in the log. Texts are plain: marks of HTML are gone.
 *
 * @param nativeId    names it within its source for good, at most 500 characters; two of the same source and id are one item
 * @param title       null where the source has none
 * @param text        may be empty where there is a title
 * @param language    BCP 47, as the source says; null where it does not, or says more than {@link #MAX_LANGUAGE} characters
 * @param url         http or https; null where there is none
 * @param publishedAt as the source says, never after the moment it was heard; null where it does not say
 * @param tags        without the number sign, as written
 * @param mentioned   handles without the at sign
 * @param links       addresses in the text, http or https
 * @param about       the address of what it quotes, reposts or answers; null for none
 */
public record HeardItem(
        String nativeId,
        ItemKind kind,
        Author author,
        @Nullable String title,
        String text,
        @Nullable String language,
        @Nullable String url,
        @Nullable Instant publishedAt,
        List<String> tags,
        List<String> mentioned,
        List<String> links,
        @Nullable String about,
        boolean media,
        Counts counts) {
    /** The longest title that is kept, in characters; the rest is cut. */
    public static final int MAX_TITLE = 1_000;
    /** The longest text that is kept, in characters: more than any post, and most articles in a feed. */
    public static final int MAX_TEXT = 100_000;
    /** The longest name of a language, in characters (RFC 5646, section 4.4.1). */
    public static final int MAX_LANGUAGE = 35;

    public HeardItem {
        language = language != null && language.length() > MAX_LANGUAGE ? null : language;
        tags = List.copyOf(tags);
        mentioned = List.copyOf(mentioned);
        links = List.copyOf(links);
    }
}
