package org.tocsin.feed;

import java.text.Normalizer;
import java.util.Locale;

/** How tags are compared: without regard to case, with regard to accents. */
final class Tags {
    private Tags() {}

    /**
     * Upper case first, so that letters with several small forms (ς, σ) come out alike; NFC, so that a letter with its accent is one
     * thing however it was typed.
     *
     * @param tag without {@code #}
     * @return the form under which a tag is stored and asked for
     */
    static String folded(String tag) {
        String folded = tag.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }
}
