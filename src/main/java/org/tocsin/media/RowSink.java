package org.tocsin.media;

/** Receives an image row by row, from the top, so that it never has to be in memory as a whole. */
@FunctionalInterface
interface RowSink {
    /**
     * @param y    the row
     * @param argb one value a pixel, not premultiplied; valid only during the call
     */
    void row(int y, int[] argb);
}
