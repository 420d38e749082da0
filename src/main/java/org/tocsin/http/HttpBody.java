package org.tocsin.http;

import java.nio.file.Path;
import java.util.List;

/** What a request carries. */
public sealed interface HttpBody {
    /**
     * Text in UTF-8, sent byte for byte.
     *
     * @param contentType such as {@code application/json}
     * @param text        the body
     */
    record Text(String contentType, String text) implements HttpBody {
        /** Without the text: a form holds passwords, a post is not yet public. */
        @Override
        public String toString() {
            return "Text[" + contentType + ", " + text.length() + " characters]";
        }
    }

    /**
     * A file, streamed.
     *
     * @param contentType such as {@code image/jpeg}
     * @param file        read when the request is sent
     */
    record File(String contentType, Path file) implements HttpBody {}

    /**
     * {@code multipart/form-data} (RFC 7578).
     *
     * @param parts in order
     */
    record Multipart(List<Part> parts) implements HttpBody {
        public Multipart {
            parts = List.copyOf(parts);
        }
    }

    /** A part of a multipart body. */
    sealed interface Part {
        /** A field with a text. */
        record Field(String name, String value) implements Part {
            /** Without the value. */
            @Override
            public String toString() {
                return "Field[" + name + "]";
            }
        }

        /** A file; {@code fileName} is what the receiver sees. */
        record Upload(String name, String fileName, String contentType, Path file) implements Part {}

        /**
         * A piece of a file.
         *
         * @param offset of its first byte
         * @param length in bytes; the file has as many
         */
        record Piece(String name, String fileName, String contentType, Path file, long offset, long length)
                implements Part {}
    }

    /** A JSON body. */
    static HttpBody json(String text) {
        return new Text("application/json", text);
    }

    /** A form, already encoded. */
    static HttpBody form(String text) {
        return new Text("application/x-www-form-urlencoded", text);
    }
}
