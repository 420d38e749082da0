package org.tocsin.media;

/**
 * What the structure of a file tells without decoding a pixel.
 *
 * @param type          of the file
 * @param width         in pixels, as stored (before {@code orientation} is applied)
 * @param height        in pixels, as stored
 * @param frames        1 for a still image
 * @param orientation   how the pixels must be turned to be upright
 * @param alpha         whether pixels may be transparent
 * @param bytesPerPixel of the decoded raster
 */
record Outline(
        MediaType type, int width, int height, int frames, Orientation orientation, boolean alpha, int bytesPerPixel) {
    boolean animated() {
        return frames > 1;
    }

    boolean turned() {
        return orientation != Orientation.UPRIGHT;
    }

    /** @return the width once upright */
    int uprightWidth() {
        return orientation.swaps() ? height : width;
    }

    /** @return the height once upright */
    int uprightHeight() {
        return orientation.swaps() ? width : height;
    }
}
