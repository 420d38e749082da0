package org.tocsin.media;

import java.util.Arrays;

/**
 * Makes an image smaller by area averaging: a target pixel is the mean of what it covers, weighted by the part that it covers and by
 * opacity. It works row by row and holds one target row.
 */
final class Resampler implements RowSink {
    private static final int CHANNELS = 4;

    private final int width;
    private final int height;
    private final int targetWidth;
    private final int targetHeight;
    private final RowSink sink;
    /** By source column: the target column in which it begins, and how much of it lies there. */
    private final int[] columns;

    private final float[] shares;
    private final float[] line;
    private final float[] sum;
    private final int[] out;

    private Resampler(int width, int height, int targetWidth, int targetHeight, RowSink sink) {
        this.width = width;
        this.height = height;
        this.targetWidth = targetWidth;
        this.targetHeight = targetHeight;
        this.sink = sink;
        this.columns = new int[width];
        this.shares = new float[width];
        for (int x = 0; x < width; x++) {
            long start = (long) x * targetWidth;
            columns[x] = (int) (start / width);
            long border = (columns[x] + 1L) * width;
            shares[x] = (float) Math.min(targetWidth, border - start) / width;
        }
        this.line = new float[targetWidth * CHANNELS];
        this.sum = new float[targetWidth * CHANNELS];
        this.out = new int[targetWidth];
    }

    /**
     * @param targetWidth  at most {@code width}
     * @param targetHeight at most {@code height}
     * @return a sink for rows of the large size that hands rows of the small size on; {@code sink} itself when they are equal
     */
    static RowSink between(int width, int height, int targetWidth, int targetHeight, RowSink sink) {
        boolean equal = width == targetWidth && height == targetHeight;
        return equal ? sink : new Resampler(width, height, targetWidth, targetHeight, sink);
    }

    @Override
    public void row(int y, int[] argb) {
        gather(argb);
        long start = (long) y * targetHeight;
        long end = start + targetHeight;
        int target = (int) (start / height);
        long border = (target + 1L) * height;
        if (end < border) {
            add((float) targetHeight / height);
        } else {
            add((float) (border - start) / height);
            emit(target);
            add((float) (end - border) / height);
        }
    }

    private void gather(int[] argb) {
        Arrays.fill(line, 0);
        float whole = (float) targetWidth / width;
        for (int x = 0; x < width; x++) {
            add(columns[x], argb[x], shares[x]);
            if (shares[x] < whole) {
                add(columns[x] + 1, argb[x], whole - shares[x]);
            }
        }
    }

    private void add(int target, int pixel, float part) {
        float opaque = part * (pixel >>> 24);
        int at = target * CHANNELS;
        line[at] += opaque;
        line[at + 1] += opaque * (pixel >> 16 & 0xFF);
        line[at + 2] += opaque * (pixel >> 8 & 0xFF);
        line[at + 3] += opaque * (pixel & 0xFF);
    }

    private void add(float part) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += line[i] * part;
        }
    }

    private void emit(int y) {
        for (int x = 0; x < targetWidth; x++) {
            int at = x * CHANNELS;
            float alpha = sum[at];
            float scale = alpha == 0 ? 0 : 1 / alpha;
            out[x] = Math.min(255, Math.round(alpha)) << 24
                    | Math.min(255, Math.round(sum[at + 1] * scale)) << 16
                    | Math.min(255, Math.round(sum[at + 2] * scale)) << 8
                    | Math.min(255, Math.round(sum[at + 3] * scale));
        }
        Arrays.fill(sum, 0);
        sink.row(y, out);
    }
}
