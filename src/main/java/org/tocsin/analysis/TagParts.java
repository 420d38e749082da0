package org.tocsin.analysis;

import java.util.ArrayList;
import java.util.List;

/** The words of a tag by its capitals, digits and underscores: {@code #SNCFConnect2024} has three. A tag in small letters has one. */
final class TagParts {
    private TagParts() {}

    /** @return the bounds of each, in order */
    static List<int[]> of(String text, int start, int end) {
        List<int[]> parts = new ArrayList<>();
        int from = start;
        for (int i = start; i <= end; i++) {
            if (i == end || text.charAt(i) == '_' || (i > from && isBoundary(text, i, end))) {
                if (i > from) {
                    parts.add(new int[] {from, i});
                }
                from = i < end && text.charAt(i) == '_' ? i + 1 : i;
            }
        }
        return parts;
    }

    private static boolean isBoundary(String text, int at, int end) {
        char before = text.charAt(at - 1);
        char here = text.charAt(at);
        if (Character.isDigit(here) != Character.isDigit(before)) {
            return Character.isLetterOrDigit(here) && Character.isLetterOrDigit(before);
        }
        if (!Character.isUpperCase(here)) {
            return false;
        }
        boolean endsCapitals = at + 1 < end && Character.isLowerCase(text.charAt(at + 1));
        return !Character.isUpperCase(before) || endsCapitals;
    }
}
