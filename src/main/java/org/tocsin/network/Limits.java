package org.tocsin.network;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.media.ImageLimits;

/**
 * What a network takes. Every figure is dated data with a source.
 *
 * @param maxText          in {@link #unit()}
 * @param maxCaption       of a text with images; equal to {@code maxText} on most networks
 * @param unit             {@code graphemes}, {@code utf16}, {@code weighted}
 * @param maxImages        per segment; 0 where none are taken
 * @param images           of each image
 * @param maxAlt           UTF-16 units of an alt text; 0 where the network has no field for it
 * @param contentWarning   whether there is a field for it
 * @param visibilities     the network's own words; empty where there is no choice
 * @param rates            per account
 * @param forbidsEqualText whether the network's rules forbid an equal text on two accounts
 * @param dated            when the figures were read
 * @param source           the document, or the server's own answer
 */
public record Limits(
        int maxText,
        int maxCaption,
        String unit,
        int maxImages,
        @Nullable ImageLimits images,
        int maxAlt,
        boolean contentWarning,
        List<String> visibilities,
        List<Rate> rates,
        boolean forbidsEqualText,
        LocalDate dated,
        String source) {
    public Limits {
        visibilities = List.copyOf(visibilities);
        rates = List.copyOf(rates);
    }
}
