package org.tocsin.media;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** An upright image in memory, filled with the rows of a stored one: 3 bytes a pixel, 4 where it may be transparent. */
final class Canvas implements RowSink {
    private final int width;
    private final int height;
    private final Orientation orientation;
    private final BufferedImage image;
    private final byte[] data;
    private final boolean alpha;
    private boolean transparent;

    /**
     * @param width       of the rows to come
     * @param height      their number
     * @param orientation how they are turned
     * @param alpha       whether transparency is kept; else it is laid on white
     */
    Canvas(int width, int height, Orientation orientation, boolean alpha) {
        this.width = width;
        this.height = height;
        this.orientation = orientation;
        this.alpha = alpha;
        this.image = new BufferedImage(
                orientation.swaps() ? height : width,
                orientation.swaps() ? width : height,
                alpha ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR);
        this.data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    @Override
    public void row(int y, int[] argb) {
        for (int x = 0; x < width; x++) {
            int pixel = argb[x];
            int opacity = pixel >>> 24;
            transparent |= opacity != 255;
            int at = orientation.place(x, y, width, height) * (alpha ? 4 : 3);
            if (alpha) {
                data[at++] = (byte) opacity;
            } else if (opacity != 255) {
                pixel = onWhite(pixel, opacity);
            }
            data[at] = (byte) pixel;
            data[at + 1] = (byte) (pixel >> 8);
            data[at + 2] = (byte) (pixel >> 16);
        }
    }

    BufferedImage image() {
        return image;
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    /** @return whether transparency is kept */
    boolean alpha() {
        return alpha;
    }

    /** @return whether any pixel was not wholly opaque */
    boolean transparent() {
        return transparent;
    }

    /** @return this image, at most as large, without transparency unless it is to be kept */
    Canvas smaller(int newWidth, int newHeight, boolean keepAlpha) {
        Canvas result = new Canvas(newWidth, newHeight, Orientation.UPRIGHT, keepAlpha);
        RowSink sink = Resampler.between(image.getWidth(), image.getHeight(), newWidth, newHeight, result);
        int[] argb = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, argb.length, 1, argb, 0, argb.length);
            sink.row(y, argb);
        }
        return result;
    }

    private static int onWhite(int pixel, int opacity) {
        int white = 255 * (255 - opacity);
        int red = ((pixel >> 16 & 0xFF) * opacity + white) / 255;
        int green = ((pixel >> 8 & 0xFF) * opacity + white) / 255;
        int blue = ((pixel & 0xFF) * opacity + white) / 255;
        return red << 16 | green << 8 | blue;
    }
}
