package org.tocsin.network.rehearsal;

import org.tocsin.network.SegmentImage;

/**
 * A picture on the timeline, fitted as the network that is stood for wants it.
 *
 * @param sha256 of the fitted file, 64 hexadecimal digits
 * @param type   media type of the fitted file, such as {@code image/jpeg}
 * @param bytes  its size
 * @param width  in pixels
 * @param height in pixels
 * @param alt    what it shows; may be empty
 */
public record RehearsalImage(String sha256, String type, long bytes, int width, int height, String alt) {
    static RehearsalImage of(SegmentImage segment) {
        return new RehearsalImage(
                segment.image().sha256(),
                segment.image().type().mimeType(),
                segment.image().bytes(),
                segment.image().width(),
                segment.image().height(),
                segment.alt());
    }
}
