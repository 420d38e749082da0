package org.tocsin.analysis;

/**
 * One form of a text at a place. Several may stand at one place (a word that was written for both genders), and one may span several (the
 * glued form of a compound): a token is an arc from {@code position} to {@code position + length}.
 *
 * @param kind     word, tag or handle
 * @param form     folded; what is looked up
 * @param exact    as it was written, composed (NFC), without an elided article
 * @param position of its first word, from 0
 * @param length   in positions, at least 1
 * @param start    offset into the original text, in UTF-16 units
 * @param end      offset after its last unit
 * @param flags    the constants of this class, or-ed
 */
public record Token(Kind kind, String form, String exact, int position, int length, int start, int end, int flags) {
    /** An article or the like was taken off: {@code l'école}. */
    public static final int ELIDED = 1;
    /** What was taken off stands before verbs only: {@code j'ai}, {@code n'est}. */
    public static final int ELIDED_VERB = 1 << 1;
    /** It comes out of a tag. */
    public static final int FROM_TAG = 1 << 2;
    /** Its letters are all capitals, and there is one. */
    public static final int CAPITALS = 1 << 3;
    /** The form by which a query that is written like this looks. */
    public static final int PRIMARY = 1 << 4;
    /** The parts of a compound in one: {@code saintdenis}. */
    public static final int GLUED = 1 << 5;
    /** Two signs of a script without spaces. */
    public static final int BIGRAM = 1 << 6;
    /** A form that is not written out: {@code citoyenne} of {@code citoyen·ne·s}. */
    public static final int DERIVED = 1 << 7;

    /** What a token is. */
    public enum Kind {
        WORD,
        TAG,
        HANDLE
    }

    /** @return the position after its last word */
    public int next() {
        return position + length;
    }

    /** @return whether all of the flags are set */
    public boolean is(int wanted) {
        return (flags & wanted) == wanted;
    }
}
