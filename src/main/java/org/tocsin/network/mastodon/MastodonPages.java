package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.mention.ReadResult;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;

/**
 * Reads a list on from an id. The newest page comes first, so that what was edited among the last is seen; where it does not reach back to
 * what was read, pages go forward from there ({@code min_id}), oldest first. What does not fit into one reading stays for the next: nothing
 * is passed over.
 */
final class MastodonPages {
    /** The most that all servers give at once. */
    static final int PAGE = 40;

    private static final int MAX_PAGES = 10;
    /** Ids are numbers of growing length, or texts of one length that sort as they are made. */
    private static final Comparator<String> AGE =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final MastodonApi api;
    private final MastodonAnswers answers;

    MastodonPages(MastodonApi api, MastodonAnswers answers) {
        this.api = api;
        this.answers = answers;
    }

    /** What came of it. */
    sealed interface Pages {}

    /**
     * It was read.
     *
     * @param entries oldest first
     * @param again   from before the cursor, as they are now
     * @param cursor  the id of the newest
     * @param more    whether there is more at once
     */
    record Entries(List<JsonNode> entries, List<JsonNode> again, String cursor, boolean more) implements Pages {}

    /** It was not. */
    record Failed(ReadResult result) implements Pages {}

    private record Stopped(HttpResult result) {}

    /**
     * @param path with its query, to which more is added
     * @param list where in an answer the entries are
     */
    Pages read(Channel channel, String path, Function<JsonNode, JsonNode> list, @Nullable String cursor) {
        List<JsonNode> newest = new ArrayList<>();
        Optional<Stopped> stopped = page(channel, path, list, newest);
        if (stopped.isPresent()) {
            return new Failed(failed(channel, stopped.get().result()));
        }
        String seen = cursor == null ? "0" : cursor;
        boolean reaches = cursor == null || newest.isEmpty() || newest.stream().anyMatch(one -> !after(one, seen));
        if (reaches) {
            Map<Boolean, List<JsonNode>> parts =
                    newest.stream().collect(Collectors.partitioningBy(one -> cursor == null || after(one, seen)));
            return new Entries(
                    parts.getOrDefault(true, List.of()),
                    parts.getOrDefault(false, List.of()),
                    newest(newest, seen),
                    false);
        }
        List<JsonNode> all = new ArrayList<>();
        String from = seen;
        for (int page = 0; page < MAX_PAGES; page++) {
            List<JsonNode> next = new ArrayList<>();
            stopped = page(channel, path + "&min_id=" + MastodonApi.encoded(from), list, next);
            if (stopped.isPresent()) {
                return all.isEmpty()
                        ? new Failed(failed(channel, stopped.get().result()))
                        : new Entries(all, List.of(), from, false);
            }
            String at = from;
            next.removeIf(one -> !after(one, at));
            all.addAll(next);
            from = newest(next, from);
            if (next.isEmpty() || from.equals(newest(newest, seen))) {
                return new Entries(all, List.of(), newest(newest, from), false);
            }
        }
        return new Entries(all, List.of(), from, true);
    }

    private Optional<Stopped> page(
            Channel channel, String path, Function<JsonNode, JsonNode> list, List<JsonNode> into) {
        HttpResult result = api.get(channel, path);
        JsonNode body = result instanceof Answer answer && answer.ok() ? Json.read(answer) : Json.read("");
        JsonNode entries = list.apply(body);
        if (!entries.isArray()) {
            return Optional.of(new Stopped(result));
        }
        Set<String> known = new HashSet<>();
        List<JsonNode> some = new ArrayList<>();
        entries.forEach(one -> MastodonAnswers.id(one).filter(known::add).ifPresent(id -> some.add(one)));
        some.sort(Comparator.comparing(MastodonPages::id, AGE));
        into.addAll(some);
        return Optional.empty();
    }

    private static String id(JsonNode entry) {
        return entry.path("id").asText();
    }

    /** @return the later of both; what is no id is not */
    static String later(String id, String cursor) {
        return MastodonAnswers.isId(id) && AGE.compare(id, cursor) > 0 ? id : cursor;
    }

    private static boolean after(JsonNode entry, String seen) {
        return AGE.compare(id(entry), seen) > 0;
    }

    private static String newest(List<JsonNode> entries, String seen) {
        return entries.isEmpty() || !after(entries.getLast(), seen) ? seen : id(entries.getLast());
    }

    /** A right that the token lacks is a person's to give; publishing needs none of these. */
    ReadResult failed(Channel channel, HttpResult result) {
        return result instanceof Answer answer && answer.status() == 403
                ? new ReadResult.Held(Message.of("heard.mastodon.scope", "channel", channel.name()), null)
                : new ReadResult.NotRead(answers.common().harmless(channel, result));
    }
}
