package org.tocsin.post;

import java.util.List;
import java.util.Locale;

/**
 * How a text is split.
 *
 * @param locale    the language of the text, for the ends of its sentences
 * @param numbering whether parts are numbered; the number is counted with the text, and a text of one part has none
 * @param keepFirst hashtags with their {@code #} (compared without regard to case) and URLs that a reader of only the first part
 *                  should see, the most important one first; those that the text does not contain have no effect
 */
public record SplitOptions(Locale locale, Numbering numbering, List<String> keepFirst) {
    public SplitOptions {
        keepFirst = List.copyOf(keepFirst);
    }

    /** No numbers, nothing to be kept. */
    public static SplitOptions of(Locale locale) {
        return new SplitOptions(locale, Numbering.NONE, List.of());
    }

    /** @return the same with another numbering */
    public SplitOptions numbered(Numbering other) {
        return new SplitOptions(locale, other, keepFirst);
    }

    /** @return the same with other entities for the first part */
    public SplitOptions keeping(List<String> entities) {
        return new SplitOptions(locale, numbering, entities);
    }
}
