package org.tocsin.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that does what RFC 5321 says, save where a script has it fail: at each place the next line of its script is its reply.
 * {@link #CLOSE} ends the connection instead of a reply; at the final dot {@link #TAKE_AND_CLOSE} does so with the mail taken.
 */
public final class ScriptedSmtp implements AutoCloseable {
    /** Ends the connection. */
    public static final String CLOSE = "close";
    /** Takes the mail, and ends the connection before it says so. */
    public static final String TAKE_AND_CLOSE = "take and close";

    /** Where a script may speak. */
    public enum Place {
        GREETING,
        EHLO,
        STARTTLS,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        /** Once the first line of the text was read. */
        TEXT,
        DOT,
        RSET
    }

    /** A mail that was taken. */
    public record Taken(String from, String to, String raw) {
        /** @return without its brackets */
        public String messageId() {
            return header("Message-ID").replaceAll("[<>]", "");
        }

        /** @return the value, unfolded; empty where there is none */
        public String header(String name) {
            String head = raw.substring(0, Math.max(0, raw.indexOf("\r\n\r\n"))).replaceAll("\r\n[ \t]+", " ");
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private final ServerSocket listening;
    private final @Nullable SSLContext tls;
    private final @Nullable String login;
    private final Map<Place, Deque<String>> script = new EnumMap<>(Place.class);
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean keeping = true;
    private volatile Runnable afterTaking = () -> {};

    /**
     * @param tls   offered by STARTTLS; null for none
     * @param login {@code user:password} that is asked for; null for none
     */
    public ScriptedSmtp(@Nullable SSLContext tls, @Nullable String login) throws IOException {
        this.tls = tls;
        this.login = login;
        for (Place place : Place.values()) {
            script.put(place, new ConcurrentLinkedDeque<>());
        }
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("smtp").start(this::accept);
    }

    /** Counts only: for very many mails. */
    public ScriptedSmtp counting() {
        keeping = false;
        return this;
    }

    /** Does something once a mail was taken, before its sender is told. */
    public void afterTaking(Runnable what) {
        afterTaking = what;
    }

    /** Has the server say these, one each time it comes to that place. */
    public ScriptedSmtp at(Place place, String... replies) {
        script.get(place).addAll(List.of(replies));
        return this;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** @return in the order in which they were taken */
    public List<Taken> taken() {
        return List.copyOf(taken);
    }

    public int accepted() {
        return accepted.get();
    }

    /** @return the lines that clients said, without texts */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            talk(socket);
        } catch (IOException | Closed end) {
            // The client is gone, or the script says so.
        } finally {
            open.remove(socket);
        }
    }

    private static final class Closed extends RuntimeException {}

    private static final class Wire {
        private final BufferedReader in;
        private final OutputStream out;

        Wire(Socket socket) throws IOException {
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
        }

        void say(String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        String line() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new Closed();
            }
            return line;
        }
    }

    /** @return the reply; the usual one where the script says nothing */
    private String reply(Place place, String usual) {
        String next = script.get(place).poll();
        if (CLOSE.equals(next)) {
            throw new Closed();
        }
        return next == null ? usual : next;
    }

    private void talk(Socket socket) throws IOException {
        Wire wire = new Wire(socket);
        wire.say(reply(Place.GREETING, "220 smtp.example ESMTP"));
        boolean secure = false;
        String from = "";
        String to = "";
        while (true) {
            String line = wire.line();
            commands.add(line);
            String verb = line.toUpperCase(Locale.ROOT);
            if (verb.startsWith("EHLO") || verb.startsWith("HELO")) {
                String offers = "250-smtp.example\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n"
                        + (tls != null && !secure ? "250-STARTTLS\r\n" : "")
                        + (login == null ? "" : "250-AUTH PLAIN\r\n") + "250 SIZE 10000000";
                wire.say(reply(Place.EHLO, offers));
            } else if (verb.startsWith("STARTTLS") && tls != null) {
                wire.say(reply(Place.STARTTLS, "220 go ahead"));
                SSLSocket wrapped = (SSLSocket) tls.getSocketFactory()
                        .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
                wrapped.setUseClientMode(false);
                wire = new Wire(wrapped);
                secure = true;
            } else if (verb.startsWith("AUTH PLAIN")) {
                String said = new String(Base64.getDecoder().decode(line.substring(11)), StandardCharsets.UTF_8);
                boolean right = said.endsWith("\0" + String.valueOf(login).replace(':', '\0'));
                wire.say(reply(Place.AUTH, right ? "235 2.7.0 yes" : "535 5.7.8 no"));
            } else if (verb.startsWith("MAIL")) {
                from = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                wire.say(reply(Place.MAIL, "250 2.1.0 ok"));
            } else if (verb.startsWith("RCPT")) {
                to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                wire.say(reply(Place.RCPT, "250 2.1.5 ok"));
            } else if (verb.equals("DATA")) {
                data(wire, from, to);
            } else if (verb.equals("RSET")) {
                wire.say(reply(Place.RSET, "250 2.0.0 ok"));
            } else if (verb.equals("QUIT")) {
                wire.say("221 2.0.0 bye");
                return;
            } else {
                wire.say("250 2.0.0 ok");
            }
        }
    }

    private void data(Wire wire, String from, String to) throws IOException {
        String first = reply(Place.DATA, "354 go ahead");
        wire.say(first);
        if (!first.startsWith("354")) {
            return;
        }
        StringBuilder raw = new StringBuilder();
        boolean begun = false;
        for (String line = wire.line(); !line.equals("."); line = wire.line()) {
            raw.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            if (!begun) {
                begun = true;
                reply(Place.TEXT, "");
            }
        }
        String last = reply(Place.DOT, "250 2.0.0 taken");
        if (last.startsWith("2") || last.equals(TAKE_AND_CLOSE)) {
            accepted.incrementAndGet();
            taken.add(new Taken(from, to, keeping ? raw.toString() : ""));
            afterTaking.run();
        }
        if (last.equals(TAKE_AND_CLOSE)) {
            throw new Closed();
        }
        wire.say(last);
    }

    /** Ends every connection, as a server does that stops. */
    public void drop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        drop();
    }
}
