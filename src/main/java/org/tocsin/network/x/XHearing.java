package org.tocsin.network.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.RetryAfter;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.PaidSource;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/**
 * Hears who mentions the account ({@code GET /2/users/:id/mentions}) or what the search of the last seven days finds ({@code GET
 * /2/tweets/search/recent}; docs.x.com). Every post costs money, so that one page is read at a time, as large as the ceiling allows; what is older
 * than that page and newer than the last reading is read next, as far back as the search knows; what has left it meanwhile is told as a gap. Users
 * are not asked for: each would cost ten times a post.
 */
public final class XHearing implements PaidSource {
    /** {@code max_results} of both. */
    private static final int MOST = 100;
    /** What was written so long before a reading may come into the search after it. */
    private static final Duration LATE = Duration.ofMinutes(2);

    /** The search knows seven days; what is asked for at their edge is refused. */
    private static final Duration KNOWN = Duration.ofDays(7).minusHours(1);

    private static final String FIELDS =
            "author_id,created_at,entities,referenced_tweets,public_metrics,lang,attachments";

    /** What of the network is heard. */
    public enum Of {
        MENTIONS,
        SEARCH
    }

    private final Of of;
    private final XApi api;
    private final XAnswers answers;
    private final XAccounts accounts;
    private final Clock clock;

    /**
     * @param http       the one way out
     * @param retryAfter reads how long to wait
     */
    public XHearing(Of of, HttpClient http, RetryAfter retryAfter, Clock clock) {
        this.of = of;
        this.api = new XApi(http);
        this.answers = new XAnswers(retryAfter);
        this.accounts = new XAccounts(api, answers);
        this.clock = clock;
    }

    @Override
    public String type() {
        return XNetwork.ID + "." + of.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Form form() {
        return new Form(false, true, of == Of.SEARCH, true);
    }

    @Override
    public Cost price(Channel channel) {
        return of == Of.MENTIONS ? XPrices.reads(channel, 1) : XPrices.lookups(channel, 1);
    }

    @Override
    public int fewest() {
        return of == Of.MENTIONS ? 5 : 10;
    }

    @Override
    public int most() {
        return MOST;
    }

    /**
     * How far was read.
     *
     * @param since  the newest post of a reading that was whole; empty for none
     * @param before the oldest post of a reading that was not; empty for none
     * @param newest of that reading
     */
    private record Place(String since, String before, String newest) {
        static Place of(String cursor) {
            String[] parts = cursor.split(":", -1);
            return parts.length == 3 ? new Place(parts[0], parts[1], parts[2]) : new Place(cursor, "", "");
        }

        String cursor() {
            return before.isEmpty() ? since : since + ":" + before + ":" + newest;
        }
    }

    @Override
    public Paid read(Source source, Channel channel, int items) {
        Optional<Fault> fault = XAccess.faults(channel).stream().findFirst();
        if (fault.isPresent()) {
            return new Paid(
                    new ReadResult.NotRead(new PublishResult.Unauthorized(
                            new Reason(fault.get().message(), null, ""))),
                    0);
        }
        Optional<String> account = accounts.id(channel);
        if (of == Of.MENTIONS && account.isEmpty()) {
            return new Paid(new ReadResult.Held(Message.of("heard.x.account", "channel", channel.name()), null), 0);
        }
        Place told = Place.of(source.cursor() == null ? "" : source.cursor());
        Instant now = clock.instant();
        Instant edge = now.minus(KNOWN);
        // The rest of what was read from its end backwards may have had to wait for too long, for money say.
        boolean cut = forgotten(told.before(), edge);
        Place kept = cut ? new Place(told.newest(), "", "") : told;
        Place from = begun(source, kept);
        boolean forgotten = forgotten(from.since(), edge);
        HttpResult result =
                api.get(XAccess.of(channel), path(account.orElse("")), query(source, channel, from, !forgotten, items));
        int charged = XTimeline.charged(result, items);
        JsonNode body = result instanceof Answer answer && answer.ok() ? Json.read(answer) : Json.read("");
        if (!body.path("data").isArray()
                && !body.path("meta").path("result_count").isIntegralNumber()) {
            return new Paid(new ReadResult.NotRead(answers.harmless(channel, result)), charged);
        }
        ReadResult.Read read = heard(body, from, kept.since(), source.cursor() == null, now);
        if (cut) {
            Instant to = forgotten ? edge : XPosts.time(told.before());
            Instant since = XPosts.isId(told.since()) ? XPosts.time(told.since()) : null;
            return new Paid(read.missing(new ReadResult.Missed(since, to)), charged);
        }
        return new Paid(forgotten ? read.missing(edge) : read, charged);
    }

    /**
     * Where nothing had come yet there is no id to go on from: the time of the last reading is, so that what then comes at once and much is read
     * to its end.
     */
    private static Place begun(Source source, Place kept) {
        Instant last = source.lastSuccessAt();
        return source.cursor() == null || !kept.since().isEmpty() || last == null
                ? kept
                : new Place(XPosts.idAt(last.minus(LATE)), "", "");
    }

    /** @return whether the search knows that post no longer, and takes it for no bound */
    private boolean forgotten(String id, Instant edge) {
        return of == Of.SEARCH && XPosts.isId(id) && XPosts.time(id).isBefore(edge);
    }

    private String path(String account) {
        return of == Of.MENTIONS ? "/2/users/" + account + "/mentions" : "/2/tweets/search/recent";
    }

    private Map<String, String> query(Source source, Channel channel, Place from, boolean since, int items) {
        Map<String, String> query = new LinkedHashMap<>();
        if (of == Of.SEARCH) {
            query.put("query", String.valueOf(source.query()));
        }
        query.put("max_results", String.valueOf(items));
        if (since && XPosts.isId(from.since())) {
            query.put("since_id", from.since());
        }
        if (XPosts.isId(from.before())) {
            query.put("until_id", from.before());
        }
        query.put(channel.setting("fieldsParameter").orElse("tweet.fields"), FIELDS);
        return query;
    }

    /** @param stays from where the next reading goes on where nothing has come */
    private static ReadResult.Read heard(JsonNode body, Place from, String stays, boolean first, Instant now) {
        List<HeardItem> items = new ArrayList<>();
        String newest = "";
        String oldest = "";
        for (JsonNode post : body.path("data")) {
            String id = post.path("id").asText("");
            if (XPosts.isId(id)) {
                newest = newest.isEmpty() || later(id, newest) ? id : newest;
                oldest = oldest.isEmpty() || later(oldest, id) ? id : oldest;
                items.add(XItems.of(post, now));
            }
        }
        String top = !from.newest().isEmpty() ? from.newest() : newest.isEmpty() ? stays : newest;
        boolean more = !first
                && !body.path("meta").path("next_token").asText("").isEmpty()
                && !oldest.isEmpty()
                && !from.since().isEmpty();
        Place next = more ? new Place(from.since(), oldest, top) : new Place(top, "", "");
        ReadResult.Read read = ReadResult.Read.on(items.reversed(), List.of(), next.cursor());
        return more ? read.every(Duration.ZERO) : read;
    }

    private static boolean later(String one, String other) {
        return one.length() == other.length() ? one.compareTo(other) > 0 : one.length() > other.length();
    }
}
