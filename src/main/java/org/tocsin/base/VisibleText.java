package org.tocsin.base;

import org.jspecify.annotations.Nullable;

/**
 * A stranger's text as people are shown it: signs that turn the direction of writing are seen and do nothing (Unicode Standard Annex #9; they
 * let a text write over what stands beside it), and a letter carries so many marks that its line stays readable.
 */
public final class VisibleText {
    /** Vietnamese and pointed Hebrew need three; what has more is drawn over other lines. */
    static final int MARKS = 8;

    private static final String[] EMBEDDINGS = {"LRE", "RLE", "PDF", "LRO", "RLO"};
    private static final String[] ISOLATES = {"LRI", "RLI", "FSI", "PDI"};

    private VisibleText() {}

    /** @return the text; a sign of direction by its name in brackets, such as {@code [RLO]} */
    public static String of(String text) {
        StringBuilder shown = null;
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            marks = mark(c) ? marks + 1 : 0;
            String name = name(c);
            if (shown == null && (name != null || marks > MARKS)) {
                shown = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (shown != null && marks <= MARKS) {
                shown.append(name == null ? String.valueOf(c) : "[" + name + "]");
            }
        }
        return shown == null ? text : shown.toString();
    }

    private static boolean mark(char c) {
        if (c < '\u0300') {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static @Nullable String name(char c) {
        if (c >= '\u202a' && c <= '\u202e') {
            return EMBEDDINGS[c - '\u202a'];
        }
        return c >= '\u2066' && c <= '\u2069' ? ISOLATES[c - '\u2066'] : null;
    }
}
