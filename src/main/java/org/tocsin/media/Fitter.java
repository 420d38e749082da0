package org.tocsin.media;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes an image small enough for a network: first its pixels, then JPEG's quality from 0.9 to 0.6, then its pixels again until the
 * bytes are within the limit.
 */
final class Fitter {
    /** No made image is larger, whatever a network takes: 12 megapixels (4,000 × 3,000) are 36 to 48 MB in memory. */
    static final long MAX_MADE_PIXELS = 12_000_000;

    private static final float[] QUALITIES = {0.9f, 0.8f, 0.7f, 0.6f};
    private static final int SMALLEST_SIDE = 32;

    private final Decoder decoder;

    Fitter(Decoder decoder) {
        this.decoder = decoder;
    }

    static boolean fits(MediaType type, int width, int height, long bytes, ImageLimits limits) {
        return limits.types().contains(type) && bytes <= limits.maxBytes() && fits(width, height, limits);
    }

    private static boolean fits(long width, long height, ImageLimits limits) {
        return width * height <= limits.maxPixels()
                && Math.max(width, height) <= limits.maxSide()
                && width + height <= limits.maxSideSum();
    }

    /**
     * @param original cleaned, upright, not animated
     * @param made     receives the file
     * @return JPEG, or PNG when it is transparent and the network takes PNG
     */
    MediaType make(Path original, Outline outline, ImageLimits limits, Path made) throws IOException {
        boolean jpeg = limits.types().contains(MediaType.JPEG);
        boolean png = limits.types().contains(MediaType.PNG);
        if (!jpeg && !png) {
            throw Refusal.of("media.network-type");
        }
        IccProfile profile = outline.type() == MediaType.JPEG ? IccProfile.of(original) : IccProfile.NONE;
        double factor = factor(outline.width(), outline.height(), limits);
        Canvas canvas =
                decoder.canvas(original, outline, scaled(outline.width(), factor), scaled(outline.height(), factor));
        MediaType type = png && (canvas.transparent() || !jpeg) ? MediaType.PNG : MediaType.JPEG;
        if (type == MediaType.JPEG && outline.alpha()) {
            canvas = canvas.smaller(canvas.width(), canvas.height(), false);
        }
        long bytes = encode(canvas, type, profile, limits, made);
        while (bytes > limits.maxBytes()) {
            double smaller = Math.clamp(0.95 * Math.sqrt((double) limits.maxBytes() / bytes), 0.4, 0.9);
            int width = scaled(canvas.width(), smaller);
            int height = scaled(canvas.height(), smaller);
            if (Math.max(width, height) < SMALLEST_SIDE) {
                throw Refusal.over("media.bytes", limits.maxBytes(), bytes);
            }
            canvas = canvas.smaller(width, height, type == MediaType.PNG && canvas.transparent());
            bytes = encode(canvas, type, profile, limits, made);
        }
        return type;
    }

    private static long encode(Canvas canvas, MediaType type, IccProfile profile, ImageLimits limits, Path made)
            throws IOException {
        if (type == MediaType.PNG) {
            return Encoder.png(canvas.image(), made);
        }
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < QUALITIES.length && bytes > limits.maxBytes(); i++) {
            bytes = Encoder.jpeg(canvas.image(), QUALITIES[i], profile, made);
        }
        return bytes;
    }

    private static double factor(int width, int height, ImageLimits limits) {
        long pixels = Math.min(limits.maxPixels(), MAX_MADE_PIXELS);
        double byPixels = Math.sqrt((double) pixels / ((double) width * height));
        double bySide = (double) limits.maxSide() / Math.max(width, height);
        double bySum = (double) limits.maxSideSum() / ((double) width + height);
        return Math.min(Math.min(1, byPixels), Math.min(bySide, bySum));
    }

    static int scaled(int side, double factor) {
        return Math.max(1, (int) (side * factor));
    }
}
