package org.tocsin.media;

import java.util.Set;

/**
 * What a network takes as an image.
 *
 * @param types       accepted as they are; others are converted to JPEG, or PNG when they have transparency
 * @param maxBytes    of one file
 * @param maxPixels   width × height
 * @param maxSide     the longer side in pixels
 * @param maxSideSum  width + height in pixels
 */
public record ImageLimits(Set<MediaType> types, long maxBytes, long maxPixels, int maxSide, int maxSideSum) {
    public ImageLimits {
        types = Set.copyOf(types);
    }
}
