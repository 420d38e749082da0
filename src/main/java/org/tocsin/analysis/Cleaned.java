package org.tocsin.analysis;

import java.util.Arrays;

/**
 * A text without what nobody sees: zero-width signs, controls, marks of writing direction, a surrogate without its partner, and combining
 * marks beyond eight on one letter. It remembers where each character stood.
 */
final class Cleaned {
    /** More marks than this on one base are noise (Unicode's stream-safe format allows 30; no language needs eight). */
    private static final int MARKS = 8;

    private static final char JOINER = '\u200d';

    private final String text;
    private final int[] origins;

    private Cleaned(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    /** @param limit characters read at most; what follows is left away */
    static Cleaned of(String raw, int limit) {
        String text = raw;
        if (raw.length() > limit) {
            text = raw.substring(0, Character.isHighSurrogate(raw.charAt(limit - 1)) ? limit - 1 : limit);
        }
        for (int i = 0; i < text.length(); i++) {
            if (isSpecial(text.charAt(i))) {
                return slow(text);
            }
        }
        return new Cleaned(text, new int[0]);
    }

    private static boolean isSpecial(char c) {
        return c < ' '
                ? !isBlank(c)
                : c == '\u00ad' || (c >= '\u007f' && c < '\u00a0') || (c >= '\u0300' && !isCommon(c));
    }

    /** Typography that is neither dropped nor counted, so that ordinary French takes the short way. */
    private static boolean isCommon(char c) {
        return (c >= '\u2010' && c <= '\u2027') || c == '\u202f' || c == '\u20ac';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static Cleaned slow(String text) {
        char[] kept = new char[text.length()];
        int[] origins = new int[text.length()];
        int size = 0;
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            marks = isMark(c) ? marks + 1 : 0;
            if (marks > MARKS || isDropped(text, i, size == 0 ? ' ' : kept[size - 1])) {
                continue;
            }
            kept[size] = isLone(text, i) ? '\ufffd' : c;
            origins[size++] = i;
        }
        return new Cleaned(
                new String(kept, 0, size), size == text.length() ? new int[0] : Arrays.copyOf(origins, size));
    }

    private static boolean isMark(char c) {
        int type = c < '\u0300' ? 0 : Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean isDropped(String text, int at, char before) {
        char c = text.charAt(at);
        if (c == JOINER) {
            return !(isPictorial(before) && at + 1 < text.length() && isPictorial(text.charAt(at + 1)));
        }
        return (c < ' ' && !isBlank(c))
                || (c >= '\u007f' && c < '\u00a0' && c != '\u0085')
                || c == '\u00ad'
                || c == '\u061c'
                || c == '\u180e'
                || (c >= '\u200b' && c <= '\u200f')
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2060' && c <= '\u206f')
                || c == '\ufeff';
    }

    /** Whether a joiner beside it may make one picture of two. */
    private static boolean isPictorial(char c) {
        return Character.isSurrogate(c) || c == '\ufe0f' || (c >= '\u2190' && c <= '\u2bff');
    }

    private static boolean isLone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    String text() {
        return text;
    }

    /** @return where the character at {@code at} stood in the original */
    int start(int at) {
        return origins.length == 0 ? at : origins[at];
    }

    /** @return the end in the original of what ends at {@code at} here; {@code at} is at least 1 */
    int end(int at) {
        return origins.length == 0 ? at : origins[at - 1] + 1;
    }
}
