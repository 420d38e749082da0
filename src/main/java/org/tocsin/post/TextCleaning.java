package org.tocsin.post;

/** Makes a text fit to be kept and sent, and changes nothing that the author could have meant. */
public final class TextCleaning {
    private static final int ZERO_WIDTH_SPACE = 0x200B;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private TextCleaning() {}

    /**
     * Line ends become {@code \n} and tabs spaces; other control characters go; a lone surrogate, which has no UTF-8 form, becomes U+FFFD;
     * white space at the end of lines and at both ends of the text goes, and so do a zero-width space and a byte order mark there. All
     * else is kept as it was typed: no normal form is imposed, and no-break spaces and curly apostrophes stay.
     *
     * @param text as a person typed it
     * @return the clean text; empty if there was nothing to be seen
     */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            if (codePoint == '\r') {
                if (i < text.length() && text.charAt(i) == '\n') {
                    continue;
                }
                codePoint = '\n';
            }
            if (codePoint == '\n') {
                trimEnd(clean, false);
                clean.append('\n');
            } else if (codePoint == '\t') {
                clean.append(' ');
            } else if (Character.getType(codePoint) == Character.SURROGATE) {
                clean.append('\uFFFD');
            } else if (!Character.isISOControl(codePoint)) {
                clean.appendCodePoint(codePoint);
            }
        }
        trimEnd(clean, true);
        int start = 0;
        while (start < clean.length() && blank(clean.charAt(start))) {
            start++;
        }
        return clean.substring(start);
    }

    private static void trimEnd(StringBuilder text, boolean lineEnds) {
        int end = text.length();
        while (end > 0 && blank(text.charAt(end - 1)) && (lineEnds || text.charAt(end - 1) != '\n')) {
            end--;
        }
        text.setLength(end);
    }

    private static boolean blank(char c) {
        return Spaces.space(c) || c == ZERO_WIDTH_SPACE || c == BYTE_ORDER_MARK;
    }
}
