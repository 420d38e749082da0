package org.tocsin.feed;

/** Keeps from a text what XML can carry. */
final class XmlText {
    private XmlText() {}

    /**
     * By the production {@code Char} of XML 1.0 (5th edition, section 2.2). What is not allowed there has no escape either.
     *
     * @return the text without control characters other than tab and line feed; U+FFFD in the place of U+FFFE, U+FFFF and lone surrogates;
     *     line ends as {@code \n}
     */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.replace("\r\n", "\n").replace('\r', '\n').codePoints().forEach(c -> {
            if (allowed(c)) {
                clean.appendCodePoint(c);
            } else if (c >= 0x20) {
                clean.append('\uFFFD');
            }
        });
        return clean.toString();
    }

    private static boolean allowed(int c) {
        boolean belowSurrogates = c >= 0x20 && c < 0xD800;
        boolean aboveSurrogates = c > 0xDFFF && c != 0xFFFE && c != 0xFFFF;
        return belowSurrogates || aboveSurrogates || c == '\t' || c == '\n';
    }
}
