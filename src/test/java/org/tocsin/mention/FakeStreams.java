package org.tocsin.mention;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.http.Peer;

/** A server of WebSockets (RFC 6455), and of a few answers of an API beside them. */
public final class FakeStreams implements Closeable {
    private static final Pattern KEY = Pattern.compile("(?i)\r\nSec-WebSocket-Key: (\\S+)\r\n");

    private final ServerSocket listener;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private volatile Function<String, List<String>> opened = request -> List.of();
    private volatile int refuse;
    private volatile boolean wrongKey;

    public FakeStreams() throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    public Peer peer() {
        return new Peer("127.0.0.1", listener.getLocalPort());
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    /** What a request whose target begins so is answered. */
    public void answer(String target, String json) {
        answers.put(target, json);
    }

    /** What a stream is told first, by its request. */
    public void opened(Function<String, List<String>> first) {
        opened = first;
    }

    /** Every stream is refused with that status. */
    public void refuse(int status) {
        refuse = status;
    }

    /** It answers as something else than a server of WebSockets would. */
    public void wrongKey() {
        wrongKey = true;
    }

    /** The first lines of all requests. */
    public List<String> requests() {
        return requests;
    }

    /** How many streams are open. */
    public int streams() {
        return open.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                ByteArrayOutputStream head = new ByteArrayOutputStream();
                while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                    head.write(in.readByte());
                }
                String request = head.toString(StandardCharsets.ISO_8859_1);
                requests.add(request);
                Matcher key = KEY.matcher(request);
                if (key.find() && refuse == 0) {
                    begin(socket, request, key.group(1));
                    // What a client says are answers to pings, and its end.
                    while (in.read() >= 0) {
                        Thread.onSpinWait();
                    }
                    open.remove(socket);
                    return;
                }
                String target = request.split(" ", 3)[1];
                String body = answers.entrySet().stream()
                        .filter(one -> target.startsWith(one.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("{}");
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                send(
                        socket,
                        ("HTTP/1.1 " + (request.contains("Sec-WebSocket-Key") ? refuse : 200)
                                        + " X\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                                        + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException _) {
            open.remove(socket);
        }
    }

    /** Between what it missed and what it is told from now on nothing is said. */
    private synchronized void begin(Socket socket, String request, String key) throws IOException {
        send(
                socket,
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + (wrongKey ? "x" : accept(key)) + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        for (String text : opened.apply(request)) {
            send(socket, frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
        }
        open.add(socket);
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Tells all that listen. */
    public synchronized void tell(String text) throws IOException {
        for (Socket socket : open) {
            send(socket, frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Sends bytes as they are. */
    public void raw(byte... bytes) throws IOException {
        for (Socket socket : open) {
            send(socket, bytes);
        }
    }

    /** A frame of a server. */
    public static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** Breaks all streams off. */
    public void drop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        drop();
    }
}
