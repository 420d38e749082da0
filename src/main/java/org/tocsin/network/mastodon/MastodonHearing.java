package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Recheck;
import org.tocsin.mention.Source;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult.Unauthorized;

/**
 * Hears what is said on Mastodon by the account of a channel: who mentions, answers or quotes it, a tag, or words that its server searches
 * (docs.joinmastodon.org/methods/notifications, timelines, search).
 */
public final class MastodonHearing implements MentionSource, Recheck {
    private static final String NETWORK = "mastodon";
    /** A request or two of the 300 in five minutes that a server allows. */
    private static final Duration OFTEN = Duration.ofMinutes(1);
    /** A search costs a server far more than a list. */
    private static final Duration SEARCH = Duration.ofMinutes(5);
    /** What Mastodon takes for a tag: letters, digits, the underscore, and a point in the middle of a word. */
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{M}\\p{N}_·]{1,100}");

    /** As many as the server gives at once (docs.joinmastodon.org/methods/statuses, "View multiple statuses"). */
    private static final int ASKED = 20;
    /** In a round, which is an hour: with a server that gives one at a time 205 requests at most, of the 300 in five minutes. */
    private static final int RECHECKED = 100;

    /** What of the network is heard. */
    public enum Of {
        MENTIONS,
        TAG,
        SEARCH
    }

    private final Of of;
    private final MastodonApi api;
    private final MastodonAnswers answers;
    private final MastodonPages pages;
    private final Clock clock;

    /**
     * @param http  the one way out
     * @param clock for what servers say about waiting, and for what they date ahead
     */
    public MastodonHearing(Of of, HttpClient http, Clock clock) {
        this.of = of;
        this.api = new MastodonApi(http);
        this.answers = new MastodonAnswers(clock);
        this.pages = new MastodonPages(api, answers);
        this.clock = clock;
    }

    @Override
    public String type() {
        return NETWORK + "." + of.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Form form() {
        return new Form(false, true, of != Of.MENTIONS, false);
    }

    @Override
    public Optional<String> query(String written) {
        String words = written.strip();
        if (of != Of.TAG) {
            return Optional.of(words);
        }
        String tag = words.startsWith("#") || words.startsWith("＃") ? words.substring(1) : words;
        return Optional.of(tag.toLowerCase(Locale.ROOT))
                .filter(name -> TAG.matcher(name).matches());
    }

    @Override
    public Duration pause(Duration usual) {
        return usual.compareTo(OFTEN) < 0 ? usual : of == Of.SEARCH ? SEARCH : OFTEN;
    }

    @Override
    public ReadResult read(Source source, @Nullable Channel channel) {
        if (channel == null) {
            throw new IllegalArgumentException("a source of " + type() + " has a channel");
        }
        Optional<Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return new ReadResult.NotRead(unusable.get());
        }
        String query = MastodonApi.encoded(source.query() == null ? "" : source.query());
        String limit = "limit=" + MastodonPages.PAGE;
        MastodonPages.Pages read = switch (of) {
            case MENTIONS ->
                // A server that knows no quotes leaves that type aside.
                pages.read(
                        channel,
                        "/api/v1/notifications?" + limit + "&types[]=mention&types[]=quote",
                        body -> body,
                        source.cursor());
            case TAG ->
                pages.read(
                        channel,
                        "/api/v1/timelines/tag/" + query.replace("+", "%20") + "?" + limit,
                        body -> body,
                        source.cursor());
            case SEARCH ->
                pages.read(
                        channel,
                        "/api/v2/search?type=statuses&" + limit + "&q=" + query,
                        body -> body.path("statuses"),
                        source.cursor());
        };
        return switch (read) {
            case MastodonPages.Failed(ReadResult result) -> result;
            case MastodonPages.Entries entries -> heard(channel, entries);
        };
    }

    @Override
    public int batch() {
        return ASKED;
    }

    @Override
    public int most() {
        return RECHECKED;
    }

    /** Servers from 4.3 on are asked for many at once, and of what they leave out one by one; others one by one. */
    @Override
    public Checked check(Source source, @Nullable Channel channel, List<String> nativeIds) {
        if (channel == null || MastodonApi.unusable(channel).isPresent()) {
            return new Gone(List.of());
        }
        HttpResult many = api.get(
                channel,
                "/api/v1/statuses?"
                        + nativeIds.stream()
                                .map(id -> "id[]=" + MastodonApi.encoded(id))
                                .collect(Collectors.joining("&")));
        Set<String> there = new HashSet<>();
        if (many instanceof Answer answer && answer.ok()) {
            Json.read(answer).forEach(status -> MastodonAnswers.id(status).ifPresent(there::add));
        } else if (!(many instanceof Answer answer) || answer.status() == 429 || answer.status() >= 500) {
            return new NotChecked(answers.common().harmless(channel, many));
        } else if (!isMastodon(channel)) {
            return new NotChecked(answers.common().harmless(channel, many));
        }
        List<String> gone = new ArrayList<>();
        for (String id : nativeIds) {
            if (!there.contains(id)) {
                HttpResult one = api.get(channel, "/api/v1/statuses/" + MastodonApi.encoded(id));
                if (!(one instanceof Answer answer) || answer.status() == 429 || answer.status() >= 500) {
                    return gone.isEmpty() ? new NotChecked(answers.common().harmless(channel, one)) : new Gone(gone);
                }
                if (isGone(answer) && isGoneForAnybody(channel, id)) {
                    gone.add(id);
                }
            }
        }
        return new Gone(gone);
    }

    /** A server that is parked or led elsewhere answers to everything that it is not there; a server of ours knows us. */
    private boolean isMastodon(Channel channel) {
        return api.get(channel, "/api/v1/accounts/verify_credentials") instanceof Answer answer
                && answer.ok()
                && MastodonAnswers.id(Json.read(answer)).isPresent();
    }

    /** In the words of its API: a page of somebody else's that is not found is none. */
    private static boolean isGone(Answer answer) {
        return (answer.status() == 404 || answer.status() == 410)
                && Json.read(answer).path("error").isTextual();
    }

    /** Posts of who has blocked the account are not there for it: a stranger sees them. A server that shows strangers nothing is believed. */
    private boolean isGoneForAnybody(Channel channel, String id) {
        return api.anonymous(channel, "/api/v1/statuses/" + MastodonApi.encoded(id)) instanceof Answer answer
                && (isGone(answer) || answer.status() == 401 || answer.status() == 403);
    }

    private ReadResult heard(Channel channel, MastodonPages.Entries read) {
        Instant now = clock.instant();
        ReadResult.Read heard = ReadResult.Read.on(items(channel, read.entries(), now), List.of(), read.cursor())
                .again(items(channel, read.again(), now));
        return read.more() ? heard.every(Duration.ZERO) : heard;
    }

    private List<HeardItem> items(Channel channel, List<JsonNode> entries, Instant now) {
        return entries.stream()
                .map(entry -> of == Of.MENTIONS ? entry.path("status") : entry)
                .flatMap(status -> MastodonItems.of(channel, status, now).stream())
                .toList();
    }
}
