package org.tocsin.media;

import java.nio.file.Path;

/**
 * A file that respects the limits of a network.
 *
 * @param file   to be sent; it stays in the store's cache
 * @param type   of that file
 * @param width  in pixels
 * @param height in pixels
 * @param bytes  its size
 * @param sha256 its hash, 64 hexadecimal digits
 */
public record FittedImage(Path file, MediaType type, int width, int height, long bytes, String sha256) {}
