package org.tocsin.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a published segment shall say from now on. Its images, its visibility and what it answers stay as they are.
 *
 * @param receipt        of the segment
 * @param text           within the network's limit, mentions expanded
 * @param language       BCP 47
 * @param contentWarning null for none
 * @param linkCard       null for none
 * @param pictures       the segment's images, in order
 */
public record Rewording(
        Receipt receipt,
        String text,
        String language,
        @Nullable String contentWarning,
        @Nullable LinkCard linkCard,
        List<Picture> pictures) {
    public Rewording {
        pictures = List.copyOf(pictures);
    }

    /**
     * @param handle by which the network knows it; empty where images travel with the message, or it is not known any more
     * @param alt    as it was given
     */
    public record Picture(String handle, String alt) {}
}
