package org.tocsin.post;

import java.nio.charset.StandardCharsets;

/** A network's way of measuring a text. A rule is pure: the same text always has the same size. */
@FunctionalInterface
public interface TextRule {
    /**
     * @param text as it would be sent
     * @return its length against the limit
     */
    TextSize measure(String text);

    /** @return a rule that counts extended grapheme clusters (UAX #29) */
    static TextRule graphemes(long limit) {
        return text -> new TextSize(Graphemes.count(text), limit, "graphemes");
    }

    /** @return a rule that counts UTF-16 code units */
    static TextRule utf16(long limit) {
        return text -> new TextSize(text.length(), limit, "utf-16");
    }

    /** @return a rule that counts Unicode code points */
    static TextRule codePoints(long limit) {
        return text -> new TextSize(text.codePointCount(0, text.length()), limit, "code-points");
    }

    /** @return a rule that counts bytes of UTF-8 */
    static TextRule bytes(long limit) {
        return text -> new TextSize(text.getBytes(StandardCharsets.UTF_8).length, limit, "bytes");
    }

    /**
     * @param other a second rule that must hold as well
     * @return both; the size is this rule's, unless only the other one is broken
     */
    default TextRule and(TextRule other) {
        return text -> {
            TextSize mine = measure(text);
            if (!mine.fits()) {
                return mine;
            }
            TextSize others = other.measure(text);
            return others.fits() ? mine : others;
        };
    }
}
