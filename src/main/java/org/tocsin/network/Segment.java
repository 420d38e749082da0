package org.tocsin.network;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.media.MediaType;

/**
 * One part of a delivery, ready to be said.
 *
 * @param index          from 0
 * @param count          of all segments of the delivery
 * @param text           within the network's limit, mentions expanded
 * @param images         within the network's limits; only the first segment has some
 * @param language       BCP 47, such as {@code fr}
 * @param contentWarning null for none
 * @param visibility     in the network's own words, null for its default
 * @param linkCard       read once when the post was accepted, null for none
 * @param replyTo        a remote post that the first segment answers, null for none
 */
public record Segment(
        int index,
        int count,
        String text,
        List<SegmentImage> images,
        String language,
        @Nullable String contentWarning,
        @Nullable String visibility,
        @Nullable LinkCard linkCard,
        @Nullable RemoteRef replyTo) {
    public Segment {
        images = List.copyOf(images);
    }

    /** @return whether a GIF is among other images: for networks to which an animation is a thing of its own */
    public boolean mixesAnimation() {
        return images.size() > 1
                && images.stream().anyMatch(image -> image.image().type() == MediaType.GIF);
    }
}
