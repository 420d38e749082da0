package org.tocsin.mention.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpFailure;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.RetryAfter;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.network.Answers;
import org.tocsin.network.Channel;

/**
 * Reads a feed by its address, and asks only for what has changed (RFC 9110, section 13.1). The cursor holds the two validators that the
 * server gave, and who the feed said it was; a whole feed is read each time, so that ids that are known tell what is new.
 */
public final class FeedReader implements MentionSource {
    /** As in a source's type. */
    public static final String TYPE = "feed";
    /** After decompression: the largest feeds that were met have five. */
    static final int MAX_BYTES = 10 * 1024 * 1024;

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MAX_VALIDATOR = 1_000;
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,9})");
    private static final String ACCEPT =
            "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9,"
                    + " application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1";

    private final HttpClient http;
    private final FeedParser parser;
    private final Answers answers;
    private final Clock clock;
    private final JsonMapper mapper;

    public FeedReader(HttpClient http, RetryAfter retryAfter, Clock clock) {
        this.http = http;
        this.parser = new FeedParser();
        this.answers = new Answers(retryAfter, answer -> "");
        this.clock = clock;
        this.mapper = new JsonMapper();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Form form() {
        return new Form(true, false, false, false);
    }

    @Override
    public ReadResult read(Source source, @Nullable Channel channel) {
        URI url = URI.create(Objects.requireNonNull(source.url()));
        JsonNode seen = seen(source.cursor());
        HttpRequest request = HttpRequest.get(url)
                .within(DEADLINE)
                .with("Accept", ACCEPT)
                .with("If-None-Match", seen.path("etag").asText(""))
                .with("If-Modified-Since", seen.path("modified").asText(""));
        HttpClient.Followed followed = follow(request);
        String moved = followed.moved() == null ? null : followed.moved().toString();
        return switch (followed.result()) {
            case Answer answer when answer.status() == 304 -> new ReadResult.Unchanged(every(answer), moved);
            case Answer answer when answer.status() == 410 -> new ReadResult.Gone(Message.of("heard.feed.gone"));
            case Answer answer when answer.ok() -> parsed(answer, followed.at(), moved, seen);
            case Answer answer
            when answer.status() == 404 -> new ReadResult.Unreadable(Message.of("heard.feed.missing"));
            case HttpResult other -> new ReadResult.NotRead(answers.harmless(other));
        };
    }

    /** A connection that the server has just closed says nothing of the feed: it is read once more, on another one. */
    private HttpClient.Followed follow(HttpRequest request) {
        HttpClient.Followed followed = http.follow(request, MAX_BYTES);
        return followed.result() instanceof HttpResult.NoAnswer(HttpFailure failure)
                        && failure.kind() == HttpFailure.Kind.BROKEN
                ? http.follow(request, MAX_BYTES)
                : followed;
    }

    private ReadResult parsed(Answer answer, URI base, @Nullable String moved, JsonNode seen) {
        Instant now = clock.instant();
        return parser.read(answer.bytes(), answer.header("content-type").orElse(null), base, now)
                .<ReadResult>map(feed -> {
                    FeedIdentity is = FeedIdentity.of(seen, feed.title(), base, now);
                    return new ReadResult.Read(
                            feed.items().reversed(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            cursor(answer, is),
                            true,
                            longer(feed.every(), every(answer)),
                            moved,
                            feed.title(),
                            null,
                            is.remark(now));
                })
                .orElseGet(() -> new ReadResult.Unreadable(Message.of("heard.feed.unreadable")));
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
    }

    private JsonNode seen(@Nullable String cursor) {
        try {
            return cursor == null ? mapper.missingNode() : mapper.readTree(cursor);
        } catch (JsonProcessingException unreadable) {
            return mapper.missingNode();
        }
    }

    private String cursor(Answer answer, FeedIdentity is) {
        ObjectNode node = mapper.createObjectNode();
        is.write(node);
        validator(answer, "etag").ifPresent(value -> node.put("etag", value));
        validator(answer, "last-modified").ifPresent(value -> node.put("modified", value));
        return node.toString();
    }

    private static Optional<String> validator(Answer answer, String name) {
        return answer.header(name)
                .filter(value ->
                        value.length() <= MAX_VALIDATOR && value.chars().allMatch(c -> c > 31 && c < 127));
    }

    /** {@code Cache-Control: max-age}, in seconds (RFC 9111, section 5.2.2.1). */
    private static @Nullable Duration every(Answer answer) {
        Matcher age = MAX_AGE.matcher(answer.header("cache-control").orElse(""));
        return age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : null;
    }

    /** @return what can be read at that address; at the address of a page, the feeds that it names */
    public FeedDiscovery.Found discover(URI url) {
        return new FeedDiscovery(http, parser, answers, clock).look(url);
    }
}
