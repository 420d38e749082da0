package org.tocsin.post;

/** The white space of Unicode, in the two sorts that matter when a text is cut. */
final class Spaces {
    private Spaces() {}

    /** Any white space: one at which a line may end, or one that forbids it. */
    static boolean space(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    /** No-break space, narrow no-break space, figure space. */
    static boolean noBreak(int codePoint) {
        return Character.isSpaceChar(codePoint) && !Character.isWhitespace(codePoint);
    }

    /** @return how many line ends the character stands for */
    static int lineEnds(int codePoint) {
        return switch (codePoint) {
            case '\n', 0x2028 -> 1;
            case 0x2029 -> 2;
            default -> 0;
        };
    }

    /** @return the first index from {@code at} on that is no white space; the length of the text if there is none */
    static int skip(String text, int at) {
        int i = at;
        while (i < text.length() && space(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** @return the index after the last character before {@code at} that is no white space; 0 if there is none */
    static int skipBack(String text, int at) {
        int i = at;
        while (i > 0 && space(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** @return the text without white space at its ends */
    static String strip(String text) {
        int end = skipBack(text, text.length());
        return text.substring(Math.min(skip(text, 0), end), end);
    }
}
