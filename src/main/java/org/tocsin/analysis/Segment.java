package org.tocsin.analysis;

/** A word as the standard segmentation finds it: its bounds in the cleaned text. */
record Segment(Type type, int start, int end) {
    enum Type {
        /** Letters, with apostrophes and dots between them. */
        WORD,
        NUMBER,
        /** One sign of a script without spaces. */
        SIGN,
        EMOJI,
        /** Longer than {@link Analysis#LONGEST_TOKEN}. */
        TOO_LONG
    }
}
