package org.tocsin.media;

import java.io.InputStream;
import java.nio.file.Path;
import org.tocsin.base.FaultException;

/** The files of the images. Names in it are hashes; what people call a file never becomes a path. */
public interface MediaStore {
    /** What {@link #take} found and stored. */
    record Taken(MediaType type, int width, int height, long bytes, String sha256, boolean animated) {}

    /**
     * Sniffs, measures before decoding, cleans, turns upright and stores an image, synced to the disk before it returns.
     *
     * @param source read once, at most 50 MB
     * @return what was stored
     * @throws FaultException TOO_LARGE or INVALID, at {@code /media}, with the remedy: empty, not an image, HEIC, SVG or another kind
     *     that is not taken, truncated, over 50 megapixels, over 500 frames; STORAGE when the disk is full
     */
    Taken take(InputStream source);

    /**
     * Makes the file for a network: the original when it fits, else converted and subsampled. One image is decoded at a time in the
     * whole process, never in full size when the target is smaller, so that 48 megapixels fit under a heap of 256 MB.
     *
     * @param media  stored by {@link #take}
     * @param limits of the network
     * @return a file within the limits; the same file for the same limits
     * @throws FaultException INVALID at {@code /media} when it cannot be made to fit (an animation over the limit); STORAGE when the disk
     *     is full
     */
    FittedImage fit(Media media, ImageLimits limits);

    /**
     * @param media stored by {@link #take}
     * @return the stored original
     */
    Path file(Media media);
}
