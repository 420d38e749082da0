package org.tocsin.watch;

/**
 * Something that an item must have for a watch to match: what candidates are found by, in memory and in an index on disk.
 *
 * @param kind where it stands
 * @param key  folded, as {@link Heard} gives it
 */
public record Anchor(Kind kind, String key) {
    /** Where an anchor stands. */
    public enum Kind {
        /** A word of title or text. */
        WORD,
        /** The beginning of a word of title or text. */
        BEGINNING,
        /** The light stem of a word of title or text. */
        STEM,
        TAG,
        /** The beginning of a tag. */
        TAGS,
        /** A handle that is mentioned. */
        HANDLE,
        /** A host, or one above it, that the item stands on or links to. */
        SITE,
        /** The author's handle. */
        AUTHOR,
        /** A word of the author's name. */
        NAME,
        /** A word of the item's own address or of one that it links to. */
        ADDRESS,
        LANGUAGE,
        /** A source's id or network. */
        SOURCE
    }
}
