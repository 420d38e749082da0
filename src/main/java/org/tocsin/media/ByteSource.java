package org.tocsin.media;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file from its start; what is missing is an {@link EOFException}, never a short result. */
final class ByteSource implements Closeable {
    private final InputStream in;
    private final byte[] buffer;
    private int at;
    private int end;

    ByteSource(Path file) throws IOException {
        this.in = Files.newInputStream(file);
        this.buffer = new byte[1 << 16];
    }

    int u8() throws IOException {
        if (at == end) {
            fill();
        }
        return buffer[at++] & 0xFF;
    }

    int u16() throws IOException {
        return u8() << 8 | u8();
    }

    /** @return 32 bits, big-endian, unsigned */
    long u32() throws IOException {
        return (long) u16() << 16 | u16();
    }

    /** @param count already bounded by the caller */
    byte[] bytes(int count) throws IOException {
        byte[] result = new byte[count];
        int done = 0;
        while (done < count) {
            if (at == end) {
                fill();
            }
            int part = Math.min(count - done, end - at);
            System.arraycopy(buffer, at, result, done, part);
            at += part;
            done += part;
        }
        return result;
    }

    void skip(long count) throws IOException {
        copy(count, OutputStream.nullOutputStream());
    }

    void copy(long count, OutputStream out) throws IOException {
        long left = count;
        while (left > 0) {
            if (at == end) {
                fill();
            }
            int part = (int) Math.min(left, end - at);
            out.write(buffer, at, part);
            at += part;
            left -= part;
        }
    }

    private void fill() throws IOException {
        at = 0;
        end = 0;
        int read = in.read(buffer);
        if (read < 0) {
            throw new EOFException();
        }
        end = read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
