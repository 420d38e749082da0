package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.mention.HeardServer;
import org.tocsin.network.Json;
import org.tocsin.network.Seen;

/** The lists of a Mastodon server: newest first, {@code min_id} giving the oldest of what is after it. */
final class HeardMastodon extends HeardServer {
    HeardMastodon(Clock clock) throws IOException {
        super(clock);
    }

    private final Set<Long> hidden = ConcurrentHashMap.newKeySet();
    private final Set<Long> late = ConcurrentHashMap.newKeySet();
    private boolean many = true;
    private boolean parked;

    /** Another server sends what somebody wrote before the two last: its id is of the time at which it was written. */
    long sayLate(String text) {
        long number = say(text);
        late.add(number);
        return number;
    }

    /** From now on the account that reads is not shown it: its author has blocked it. */
    void hide(long number) {
        hidden.add(number);
    }

    /** Its domain belongs to somebody else now, who answers to everything that it is not there. */
    void park() {
        parked = true;
    }

    /** An older server does not give several statuses at once. */
    void singly() {
        many = false;
    }

    private Reply status(Seen request) {
        String wanted = request.path().substring("/api/v1/statuses/".length());
        boolean stranger = request.header("Authorization").isEmpty();
        return said().stream()
                .filter(one -> String.valueOf(id(one)).equals(wanted) && (stranger || !hidden.contains(one.number())))
                .findFirst()
                .map(one -> Reply.json(200, status(one).toString()))
                .orElseGet(() -> Reply.json(404, "{\"error\":\"Record not found\"}"));
    }

    private Reply statuses(Seen request) {
        if (!many) {
            return Reply.json(404, "{\"error\":\"The page you are looking for isn't here.\"}");
        }
        ArrayNode page = Json.array();
        List<String> wanted = request.queries("id[]");
        said().stream()
                .filter(one -> wanted.contains(String.valueOf(id(one))) && !hidden.contains(one.number()))
                .forEach(one -> page.add(status(one)));
        return Reply.json(200, page.toString());
    }

    @Override
    protected Reply reply(Seen request) {
        if (parked) {
            return Reply.json(404, "{\"error\":\"nothing here\"}");
        }
        if (request.path().startsWith("/api/v1/statuses/")) {
            return status(request);
        }
        if (!request.header("Authorization").equals(Optional.of("Bearer " + FakeMastodon.TOKEN))) {
            return Reply.json(401, "{\"error\":\"The access token is invalid\"}");
        }
        return switch (request.path()) {
            case "/api/v1/accounts/verify_credentials" -> Reply.json(200, "{\"id\":\"7\",\"acct\":\"mairie\"}");
            case "/api/v1/statuses" -> statuses(request);
            case "/api/v1/notifications" -> Reply.json(200, page(request, true).toString());
            case "/api/v1/timelines/tag/jo2024" ->
                Reply.json(200, page(request, false).toString());
            case "/api/v2/search" ->
                Reply.json(
                        200,
                        Json.object()
                                .<ObjectNode>set("statuses", page(request, false))
                                .toString());
            default -> Reply.json(404, "{\"error\":\"Record not found\"}");
        };
    }

    private ArrayNode page(Seen request, boolean notifications) {
        int limit = request.query("limit").map(Integer::valueOf).orElse(20);
        Optional<Long> after = request.query("min_id").map(Long::valueOf);
        List<Said> chosen = after.isPresent()
                ? ordered().stream()
                        .filter(one -> id(one) > after.get())
                        .limit(limit)
                        .toList()
                        .reversed()
                : ordered().reversed().stream().limit(limit).toList();
        ArrayNode page = Json.array();
        for (Said one : chosen) {
            if (notifications) {
                ObjectNode notification = page.addObject();
                notification.put("id", String.valueOf(id(one))).put("type", "mention");
                notification.set("status", status(one));
            } else {
                page.add(status(one));
            }
        }
        return page;
    }

    private List<Said> ordered() {
        return said().stream().sorted(Comparator.comparingLong(this::id)).toList();
    }

    /** An id is of the time at which something was written, and not of that at which it came here. */
    private long id(Said one) {
        return 115_000_000_000_000_000L + 10 * one.number() - (late.contains(one.number()) ? 25 : 0);
    }

    /** As docs.joinmastodon.org/entities/Status has it. */
    private ObjectNode status(Said one) {
        String id = String.valueOf(id(one));
        ObjectNode status = Json.object()
                .put("id", id)
                .put("created_at", one.at().toString())
                .put("in_reply_to_id", one.number() % 2 == 0 ? "115000000000000001" : null)
                .put("spoiler_text", "")
                .put("visibility", "public")
                .put("language", "fr")
                .put("url", "https://ville.social/@rose/" + id)
                .put("edited_at", one.edited() ? now().toString() : null)
                .put("content", "<p>" + escaped(one.text()) + "</p>")
                .put("favourites_count", 3)
                .put("reblogs_count", 2)
                .put("replies_count", 1);
        status.putObject("account")
                .put("id", "7")
                .put("acct", "rose")
                .put("display_name", "Rose")
                .put("url", "https://ville.social/@rose")
                .put("followers_count", 41);
        status.putNull("reblog");
        return status;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
