package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.http.HttpClient;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult.Unauthorized;

/**
 * Hears what is said on Mastodon by the account of a channel: who mentions, answers or quotes it, a tag, or words that its server searches
 * (docs.joinmastodon.org/methods/notifications, timelines, search).
 */
public final class MastodonHearing implements MentionSource {
    private static final String NETWORK = "mastodon";
    /** A request or two of the 300 in five minutes that a server allows. */
    private static final Duration OFTEN = Duration.ofMinutes(1);
    /** A search costs a server far more than a list. */
    private static final Duration SEARCH = Duration.ofMinutes(5);
    /** What Mastodon takes for a tag: letters, digits, the underscore, and a point in the middle of a word. */
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{M}\\p{N}_·]{1,100}");

    /** What of the network is heard. */
    public enum Of {
        MENTIONS,
        TAG,
        SEARCH
    }

    private final Of of;
    private final MastodonPages pages;
    private final Clock clock;

    /**
     * @param http  the one way out
     * @param clock for what servers say about waiting, and for what they date ahead
     */
    public MastodonHearing(Of of, HttpClient http, Clock clock) {
        this.of = of;
        this.pages = new MastodonPages(new MastodonApi(http), new MastodonAnswers(clock));
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
