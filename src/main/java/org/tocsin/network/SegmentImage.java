package org.tocsin.network;

import org.tocsin.media.FittedImage;

/**
 * An image that goes with a segment.
 *
 * @param image within the network's limits
 * @param alt   what it shows, for those who do not see it; may be empty
 */
public record SegmentImage(FittedImage image, String alt) {}
