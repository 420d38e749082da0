package org.tocsin.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A peer that does what a script says, byte by byte, and counts what reaches it. */
final class RawServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: ([0-9]+)\r\n");

    /** What to do with one connection. */
    @FunctionalInterface
    interface Script {
        void serve(Connection connection) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private RawServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    static RawServer start(Script script) throws IOException {
        return start("127.0.0.1", 0, script);
    }

    static RawServer start(String address, int port, Script script) throws IOException {
        RawServer server = new RawServer(new ServerSocket(port, 50, InetAddress.ofLiteral(address)), script);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    /** Answers each request of each connection with the same bytes. */
    static RawServer answering(String answer) throws IOException {
        return start(connection -> {
            while (connection.read() != null) {
                connection.write(answer);
            }
        });
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    int port() {
        return listener.getLocalPort();
    }

    Peer peer() {
        return new Peer("127.0.0.1", port());
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int connections() {
        return connections.get();
    }

    /** Whole requests, each byte as one character. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(new Connection(socket, connections.get()));
        } catch (IOException _) {
            // the client went away, which is what many of these tests are about
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One connection; {@code number} counts from 1. */
    final class Connection {
        private final Socket socket;
        private final int number;

        Connection(Socket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        int number() {
            return number;
        }

        /** Reads one whole request; null where the client has closed. */
        String read() throws IOException {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int missing = -1;
            while (missing != 0) {
                int next = in.read();
                if (next < 0) {
                    return null;
                }
                bytes.write(next);
                if (missing > 0) {
                    missing--;
                } else if (next == '\n' && bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                    Matcher length = LENGTH.matcher(bytes.toString(ISO_8859_1));
                    missing = length.find() ? Integer.parseInt(length.group(1)) : 0;
                }
            }
            requests.add(bytes.toString(ISO_8859_1));
            return bytes.toString(ISO_8859_1);
        }

        void write(String text) throws IOException {
            write(text.getBytes(ISO_8859_1));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Keeps the connection open and silent until the client closes. */
        void hang() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                // what still comes is of no interest
            }
        }

        /** Closes with a reset instead of an orderly end. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
