package org.tocsin.web;

/**
 * Something that anyone may read: a feed, a picture of a published post.
 *
 * @param path   with parameters as {@code :name}
 * @param reader makes the answer
 */
public record ServedFile(String path, Reader reader) {
    /** Makes the answer. */
    @FunctionalInterface
    public interface Reader {
        /** @return the answer */
        Response read(Request request);
    }

    Response serve(Request request) {
        return reader.read(request);
    }
}
