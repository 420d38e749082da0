package org.tocsin.feed;

import org.tocsin.network.SegmentImage;

/**
 * A picture of an item.
 *
 * @param sha256    of the file, 64 hexadecimal digits; also its name in our web
 * @param type      media type, such as {@code image/jpeg}
 * @param extension of the file's name, without the dot
 * @param bytes     the size of the file
 * @param width     in pixels
 * @param height    in pixels
 * @param alt       what it shows; may be empty
 */
public record FeedImage(String sha256, String type, String extension, long bytes, int width, int height, String alt) {
    static FeedImage of(SegmentImage segment) {
        return new FeedImage(
                segment.image().sha256(),
                segment.image().type().mimeType(),
                segment.image().type().extension(),
                segment.image().bytes(),
                segment.image().width(),
                segment.image().height(),
                XmlText.clean(segment.alt()));
    }
}
