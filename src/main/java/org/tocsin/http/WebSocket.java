package org.tocsin.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import okio.Socket;
import org.tocsin.http.HttpFailure.Kind;

/**
 * An open stream of text messages, read by one thread: what is not read yet waits at the other side, so that nothing piles up here. Only
 * answers to pings are written.
 */
public final class WebSocket implements AutoCloseable {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MOST_CONTROL = 125;

    private final String host;
    private final Socket socket;
    private final BufferedSource in;
    private final BufferedSink out;
    private final int longest;

    WebSocket(String host, Socket socket, int longest) {
        this.host = host;
        this.socket = socket;
        this.in = Okio.buffer(socket.getSource());
        this.out = Okio.buffer(socket.getSink());
        this.longest = longest;
    }

    /** What comes next. */
    public sealed interface Next {}

    /** A message. */
    public record Text(String text) implements Next {}

    /** The other side has shown that it is there. */
    public record Alive() implements Next {}

    /** It is over: the other side has closed it, nothing came for too long, or what came is no stream. */
    public record Over(HttpFailure why) implements Next {}

    /** Waits for the next message or sign of life. An interrupt ends the stream. */
    public Next next() {
        try {
            return read();
        } catch (TooLargeException e) {
            return over(Kind.TOO_LARGE, "a message is too long");
        } catch (CharacterCodingException e) {
            return over(Kind.BROKEN, "a message is no UTF-8");
        } catch (java.io.InterruptedIOException e) {
            return Thread.currentThread().isInterrupted()
                    ? over(Kind.INTERRUPTED, "interrupted")
                    : over(Kind.TIMEOUT, "nothing came for too long");
        } catch (IOException | RuntimeException e) {
            return over(Kind.BROKEN, "the stream has ended");
        }
    }

    private Over over(Kind kind, String words) {
        close();
        return new Over(Failures.failure(kind, host, words));
    }

    private Next read() throws IOException {
        Buffer message = new Buffer();
        boolean begun = false;
        while (true) {
            int first = in.readByte() & 0xff;
            int second = in.readByte() & 0xff;
            int code = first & 0x0f;
            boolean last = (first & 0x80) != 0;
            long length = length(second & 0x7f);
            // No extension was offered, and a server masks nothing (RFC 6455, sections 5.1 and 5.2).
            if ((first & 0x70) != 0 || (second & 0x80) != 0) {
                return over(Kind.BROKEN, "what came is no stream");
            }
            if (code >= CLOSE) {
                if (length > MOST_CONTROL || !last) {
                    return over(Kind.BROKEN, "what came is no stream");
                }
                byte[] payload = in.readByteArray(length);
                if (code == PING) {
                    write(PONG, payload);
                    if (!begun) {
                        return new Alive();
                    }
                } else if (code == CLOSE) {
                    write(CLOSE, payload.length >= 2 ? new byte[] {payload[0], payload[1]} : new byte[0]);
                    return over(Kind.BROKEN, "the other side has closed the stream");
                }
                continue;
            }
            if ((code == CONTINUATION) != begun || (code != CONTINUATION && code != TEXT)) {
                return over(Kind.BROKEN, "what came is no stream of texts");
            }
            if (length < 0 || message.size() + length > longest) {
                throw new TooLargeException("a message is too long");
            }
            message.write(in, length);
            begun = true;
            if (last) {
                return new Text(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(message.readByteArray()))
                        .toString());
            }
        }
    }

    private long length(int told) throws IOException {
        return switch (told) {
            case 126 -> in.readShort() & 0xffff;
            case 127 -> in.readLong();
            default -> told;
        };
    }

    /** What a client writes is masked. */
    private void write(int code, byte[] payload) throws IOException {
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        out.writeByte(0x80 | code).writeByte(0x80 | payload.length).write(mask);
        for (int i = 0; i < payload.length; i++) {
            out.writeByte(payload[i] ^ mask[i % 4]);
        }
        out.flush();
    }

    /** Breaks it off; may be called twice. */
    @Override
    public void close() {
        socket.cancel();
    }
}
