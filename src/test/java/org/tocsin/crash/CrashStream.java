package org.tocsin.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.mention.FakeStreams;

/** A Jetstream server that keeps what was said: whoever comes again with a cursor is told all that is later, and without one what comes next. */
final class CrashStream implements AutoCloseable {
    /** Whose posts they are. */
    static final String DID = "did:plc:rose";

    private static final Pattern CURSOR = Pattern.compile("[?&]cursor=(\\d+)");

    private final FakeStreams server;
    private final ObjectMapper json = new ObjectMapper();
    private final List<Said> said = new CopyOnWriteArrayList<>();
    private final AtomicLong last = new AtomicLong();

    private record Said(long time, String text) {}

    CrashStream() throws IOException {
        this.server = new FakeStreams();
        server.opened(this::missed);
    }

    String peer() {
        return server.peer().toString();
    }

    String url() {
        return server.url("/subscribe").toString();
    }

    int listeners() {
        return server.streams();
    }

    private List<String> missed(String request) {
        Matcher cursor = CURSOR.matcher(request.lines().findFirst().orElse(""));
        return cursor.find()
                ? said.stream()
                        .filter(one -> one.time() > Long.parseLong(cursor.group(1)))
                        .map(Said::text)
                        .toList()
                : List.of();
    }

    /** @param operation {@code create} or {@code update} */
    void say(String operation, String rkey, String text) throws IOException {
        Instant now = Instant.now();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        long time = last.updateAndGet(before -> Math.max(before + 1, micros));
        ObjectNode event =
                json.createObjectNode().put("did", DID).put("time_us", time).put("kind", "commit");
        event.putObject("commit")
                .put("operation", operation)
                .put("collection", "app.bsky.feed.post")
                .put("rkey", rkey)
                .putObject("record")
                .put("text", text)
                .put("createdAt", now.toString());
        // Kept first: whoever connects meanwhile is told twice rather than never.
        said.add(new Said(time, event.toString()));
        try {
            server.tell(event.toString());
        } catch (IOException gone) {
            // One of them has died: all come again, with how far they have come.
            server.drop();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
