package org.tocsin.media;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.tocsin.base.FaultException;

/**
 * The structure of one kind of file. It is walked without decoding or inflating anything: sizes are checked as soon as a header tells
 * them, and only what is needed to show the pixels is copied. What is not known is dropped, so that no place is left in which a camera,
 * an editor or a phone could have written where and by whom a picture was made.
 */
sealed interface Container permits JpegContainer, PngContainer, GifContainer, WebpContainer {
    /**
     * @param file  to be read
     * @param clean receives the same image without what is not pixels
     * @return what the structure tells
     * @throws EOFException   when the file ends too early
     * @throws FaultException when it is damaged, too large, or of a kind that cannot be decoded
     */
    Outline copyClean(Path file, OutputStream clean) throws IOException;

    static Container of(MediaType type) {
        return switch (type) {
            case JPEG -> new JpegContainer();
            case PNG -> new PngContainer();
            case GIF -> new GifContainer();
            case WEBP -> new WebpContainer();
        };
    }

    /** Reads the structure alone. */
    static Outline outline(MediaType type, Path file) throws IOException {
        return clean(type, file, OutputStream.nullOutputStream());
    }

    /** As {@link #copyClean}, buffered, and a file that ends too early is refused. */
    static Outline clean(MediaType type, Path file, OutputStream clean) throws IOException {
        try {
            OutputStream buffered = new BufferedOutputStream(clean, 1 << 16);
            Outline outline = of(type).copyClean(file, buffered);
            buffered.flush();
            return outline;
        } catch (EOFException e) {
            FaultException truncated = Refusal.truncated();
            truncated.initCause(e);
            throw truncated;
        }
    }
}
