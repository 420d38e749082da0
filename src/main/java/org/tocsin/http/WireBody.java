package org.tocsin.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** What OkHttp sends for a body: once, so that OkHttp itself knows that it must not repeat it. */
final class WireBody extends RequestBody {
    private final RequestBody content;

    private WireBody(RequestBody content) {
        this.content = content;
    }

    /** @return the body; null for none */
    static @Nullable WireBody of(@Nullable HttpBody body) {
        return switch (body) {
            case null -> null;
            case HttpBody.Text text -> new WireBody(bytes(text.text()));
            case HttpBody.File file -> new WireBody(new FileContent(file.file(), null));
            case HttpBody.Multipart multipart -> new WireBody(multipart(multipart));
        };
    }

    /** @return a body of no bytes, for a method that must have one */
    static WireBody empty() {
        return new WireBody(bytes(""));
    }

    /** @return the header to be sent exactly as given; null where the body brings its own */
    static @Nullable String contentType(@Nullable HttpBody body) {
        return switch (body) {
            case HttpBody.Text text -> text.contentType();
            case HttpBody.File file -> file.contentType();
            case HttpBody.Multipart _ -> null;
            case null -> null;
        };
    }

    private static MultipartBody multipart(HttpBody.Multipart multipart) {
        MultipartBody.Builder builder = new MultipartBody.Builder().setType(MultipartBody.FORM);
        for (HttpBody.Part part : multipart.parts()) {
            switch (part) {
                case HttpBody.Part.Field field ->
                    builder.addPart(disposition(field.name(), null), bytes(field.value()));
                case HttpBody.Part.Upload upload ->
                    builder.addPart(
                            disposition(upload.name(), upload.fileName()),
                            new FileContent(upload.file(), MediaType.parse(upload.contentType())));
                case HttpBody.Part.Piece piece ->
                    builder.addPart(disposition(piece.name(), piece.fileName()), new FilePiece(piece));
            }
        }
        return builder.build();
    }

    private static Headers disposition(String name, @Nullable String fileName) {
        String value = "form-data; name=" + quoted(name) + (fileName == null ? "" : "; filename=" + quoted(fileName));
        return new Headers.Builder()
                .addUnsafeNonAscii("Content-Disposition", value)
                .build();
    }

    /** As browsers do it (HTML, section 4.10.22.8 "multipart form data"). */
    private static String quoted(String text) {
        return '"' + text.replace("\n", "%0A").replace("\r", "%0D").replace("\"", "%22") + '"';
    }

    private static RequestBody bytes(String text) {
        return RequestBody.create(text.getBytes(StandardCharsets.UTF_8), null);
    }

    @Override
    public @Nullable MediaType contentType() {
        return content.contentType();
    }

    @Override
    public long contentLength() throws IOException {
        return content.contentLength();
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        content.writeTo(sink);
    }

    /** A piece of a file, read while it is sent. */
    private static final class FilePiece extends RequestBody {
        private final HttpBody.Part.Piece piece;

        FilePiece(HttpBody.Part.Piece piece) {
            this.piece = piece;
        }

        @Override
        public @Nullable MediaType contentType() {
            return MediaType.parse(piece.contentType());
        }

        @Override
        public long contentLength() {
            return piece.length();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (BufferedSource source = Okio.buffer(Okio.source(piece.file()))) {
                source.skip(piece.offset());
                sink.write(source, piece.length());
            }
        }
    }

    /** A file, read while it is sent. A change of its length in between breaks the request off. */
    private static final class FileContent extends RequestBody {
        private final Path file;
        private final @Nullable MediaType type;

        FileContent(Path file, @Nullable MediaType type) {
            this.file = file;
            this.type = type;
        }

        @Override
        public @Nullable MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() throws IOException {
            return Files.size(file);
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (Source source = Okio.source(file)) {
                sink.writeAll(source);
            }
        }
    }
}
