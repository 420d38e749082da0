package org.tocsin.network.x;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tocsin.mention.HeardServer;
import org.tocsin.network.Json;
import org.tocsin.network.Seen;

/** Mentions and recent search of X: newest first, between two ids. */
final class HeardX extends HeardServer {
    private static final long EPOCH = 1_288_834_974_657L;

    private volatile int charged;

    HeardX(Clock clock) throws IOException {
        super(clock);
    }

    /** How many posts it has given. */
    int charged() {
        return charged;
    }

    @Override
    protected Reply reply(Seen request) {
        return switch (request.path()) {
            case "/2/users/42/mentions", "/2/tweets/search/recent" -> page(request);
            default -> Reply.json(404, "{\"title\":\"Not Found\",\"status\":404}");
        };
    }

    private synchronized Reply page(Seen request) {
        int most = request.query("max_results").map(Integer::valueOf).orElse(10);
        int fewest = request.path().contains("search") ? 10 : 5;
        if (most < fewest || most > 100) {
            return Reply.json(400, "{\"title\":\"Invalid Request\",\"status\":400}");
        }
        long since = request.query("since_id").map(Long::valueOf).orElse(0L);
        long until = request.query("until_id").map(Long::valueOf).orElse(Long.MAX_VALUE);
        boolean search = request.path().contains("search");
        Instant edge = now().minus(Duration.ofDays(7));
        if (search && (isBefore(since, edge) || isBefore(until, edge))) {
            return Reply.json(400, "{\"title\":\"Invalid Request\",\"status\":400}");
        }
        List<Said> all = newest().stream()
                .filter(one -> id(one) > since && id(one) < until)
                .filter(one -> !search || one.at().isAfter(edge))
                .toList();
        ObjectNode body = Json.object();
        ObjectNode meta = body.putObject("meta").put("result_count", Math.min(most, all.size()));
        if (!all.isEmpty()) {
            ArrayNode data = body.putArray("data");
            all.stream().limit(most).forEach(one -> data.add(post(one)));
            charged += data.size();
        }
        if (all.size() > most) {
            meta.put("next_token", "t");
        }
        return Reply.json(200, body.toString());
    }

    private static boolean isBefore(long id, Instant edge) {
        return id > 0 && (id >>> 22) + EPOCH < edge.toEpochMilli();
    }

    private static long id(Said one) {
        // An id holds the millisecond in which it was made.
        return ((one.at().toEpochMilli() - EPOCH) << 22) + one.number();
    }

    private static ObjectNode post(Said one) {
        ObjectNode post = Json.object()
                .put("id", String.valueOf(id(one)))
                .put(
                        "text",
                        one.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                .put("author_id", "7")
                .put("lang", "fr")
                .put("created_at", one.at().toString());
        post.putObject("public_metrics")
                .put("like_count", 3)
                .put("retweet_count", 2)
                .put("reply_count", 1);
        return post;
    }
}
