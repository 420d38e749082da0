package org.tocsin.post;

/**
 * A part of a text that networks treat apart.
 *
 * @param kind  what it is
 * @param start UTF-16 index of its first character
 * @param end   UTF-16 index after its last character
 * @param value the URL as written; the mentioned account without its leading {@code @}; the tag without its {@code #}
 */
public record TextEntity(Kind kind, int start, int end, String value) {
    /** The kinds of entity. */
    public enum Kind {
        /** An http or https URL. */
        LINK,
        /** {@code @user}, {@code @user@domain} or {@code @handle.domain}. */
        MENTION,
        HASHTAG
    }
}
