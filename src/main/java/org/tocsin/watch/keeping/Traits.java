package org.tocsin.watch.keeping;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what the words of one mention are compared with those of others: the whole of a longer text, and its headline.
 *
 * @param hash     of {@link Likeness}; null where the text is too short
 * @param headline that of few words says nothing
 */
record Traits(@Nullable Long hash, Headline headline) {
    /** Of what says too little. */
    static final Traits NONE = new Traits(null, Headline.read(""));

    private static final int DIGITS = 16;

    /** One of what a look is for: the number of a band and its bits, or a rare word. */
    record Mark(int kind, int value) {}

    /** @return by what it is found again, in the order in which that is to be tried; empty where it says too little */
    List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        if (hash != null) {
            for (int band = 0; band < Likeness.BANDS; band++) {
                marks.add(new Mark(band, Likeness.band(hash, band)));
            }
        }
        for (int word : headline.rarest()) {
            marks.add(new Mark(Likeness.BANDS, word));
        }
        return marks;
    }

    /** @return whether both tell nearly the same, by what they have in common: a band, or a rare word */
    boolean alike(Traits before, Mark common) {
        return common.kind == Likeness.BANDS
                ? headline.alike(before.headline)
                : hash != null && before.hash != null && Likeness.alike(hash, before.hash);
    }

    /** @return as {@link #read} reads it */
    String written() {
        return (hash == null ? "" : HexFormat.of().toHexDigits(hash, DIGITS)) + "/" + headline.written();
    }

    /**
     * @param written by {@link #written}
     * @throws IllegalArgumentException where it was not
     */
    static Traits read(String written) {
        int end = written.indexOf('/');
        if (end < 0) {
            throw new IllegalArgumentException("no traits: " + written);
        }
        return new Traits(
                end == 0 ? null : HexFormat.fromHexDigitsToLong(written, 0, end),
                Headline.read(written.substring(end + 1)));
    }
}
