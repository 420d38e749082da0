package org.tocsin.media;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a network takes as an image.
 *
 * @param types       accepted as they are; others are converted to JPEG, or PNG when they have transparency
 * @param maxBytes    of one file
 * @param maxPixels   width × height
 * @param maxSide     the longer side in pixels
 * @param maxSideSum  width + height in pixels
 * @param animations  the rule for animated GIFs; null where they are images like others
 */
public record ImageLimits(
        Set<MediaType> types,
        long maxBytes,
        long maxPixels,
        int maxSide,
        int maxSideSum,
        @Nullable Animations animations) {
    /**
     * What a network takes as an animated GIF, which it treats as a thing of its own: never converted, and alone in its post.
     *
     * @param maxBytes of the file
     */
    public record Animations(long maxBytes) {}

    public ImageLimits {
        types = Set.copyOf(types);
    }

    /** Limits of a network to which an animation is an image. */
    public ImageLimits(Set<MediaType> types, long maxBytes, long maxPixels, int maxSide, int maxSideSum) {
        this(types, maxBytes, maxPixels, maxSide, maxSideSum, null);
    }

    /** @return whether an image goes as it is */
    public boolean takes(Media media) {
        return asAnimation(media)
                ? animations != null && media.bytes() <= animations.maxBytes()
                : Fitter.fits(media.type(), media.width(), media.height(), media.bytes(), this);
    }

    /** @return whether an image goes as an animation and not as an image */
    public boolean asAnimation(Media media) {
        return animations != null && media.animated() && media.type() == MediaType.GIF;
    }
}
