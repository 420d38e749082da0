package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.WebSocket;
import org.tocsin.http.WebSocketClient;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.MentionStream;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.Unauthorized;
import org.tocsin.network.Reason;
import org.tocsin.network.ServerAddress;

/**
 * Hears a tag, or what is written to the account, as it is said (docs.joinmastodon.org/methods/streaming): edits and deletions as well. Nothing
 * is told again on that connection, so what was said while there was none is read first.
 */
public final class MastodonStream implements MentionStream {
    private static final String ACCOUNT = "@";
    /** Of a status with its account, card and media; most have 5 kB. */
    private static final int LONGEST = 1024 * 1024;
    /** Servers send a sign of life every 15 to 30 seconds. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final MastodonHearing tag;
    private final MastodonHearing mentions;
    private final MastodonApi api;
    private final MastodonPages pages;
    private final WebSocketClient sockets;
    private final Clock clock;

    /**
     * @param http    the one way out
     * @param sockets the same, for streams
     * @param clock   for what servers say about waiting, and for what they date ahead
     */
    public MastodonStream(HttpClient http, WebSocketClient sockets, Clock clock) {
        this.tag = new MastodonHearing(MastodonHearing.Of.TAG, http, clock);
        this.mentions = new MastodonHearing(MastodonHearing.Of.MENTIONS, http, clock);
        this.api = new MastodonApi(http);
        this.pages = new MastodonPages(api, new MastodonAnswers(clock));
        this.sockets = sockets;
        this.clock = clock;
    }

    @Override
    public String type() {
        return tag.network() + ".stream";
    }

    @Override
    public Form form() {
        return new Form(false, true, true, false);
    }

    /** A tag; an at sign for what is written to the account. */
    @Override
    public Optional<String> query(String written) {
        return written.strip().equals(ACCOUNT) ? Optional.of(ACCOUNT) : tag.query(written);
    }

    @Override
    public ReadResult listen(Source source, @Nullable Channel channel, Sink sink) {
        if (channel == null) {
            throw new IllegalArgumentException("a source of " + type() + " has a channel");
        }
        Optional<Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return new ReadResult.NotRead(unusable.get());
        }
        boolean account = ACCOUNT.equals(source.query());
        String stream = account
                ? "user:notification"
                : "hashtag&tag="
                        + MastodonApi.encoded(String.valueOf(source.query())).replace("+", "%20");
        URI url = URI.create(streaming(channel) + "/api/v1/streaming?stream=" + stream);
        Map<String, String> headers = Map.of(
                "Authorization",
                "Bearer "
                        + channel.secret(MastodonApi.TOKEN).map(Secret::reveal).orElse(""));
        return switch (sockets.open(url, headers, LONGEST, IDLE)) {
            case WebSocketClient.Failed(HttpResult result) -> pages.failed(channel, result);
            case WebSocketClient.Open(WebSocket socket) -> {
                try (socket) {
                    yield follow(source, channel, account ? mentions : tag, socket, sink);
                }
            }
        };
    }

    /** Servers may have their streams elsewhere; the token goes only where the channel's own server says. */
    private String streaming(Channel channel) {
        String own = ServerAddress.read(channel.setting(MastodonApi.BASE_URL).orElse(""))
                .orElseThrow();
        HttpResult instance = api.get(channel, "/api/v2/instance");
        JsonNode body = instance instanceof Answer answer && answer.ok() ? Json.read(answer) : Json.read("");
        return Json.text(body.path("configuration").path("urls"), "streaming")
                .flatMap(url -> ServerAddress.read(url.replaceFirst("^ws", "http")))
                .orElse(own);
    }

    private ReadResult follow(Source source, Channel channel, MastodonHearing hearing, WebSocket socket, Sink sink) {
        String cursor = source.cursor();
        ReadResult.Read missed;
        do {
            ReadResult result = hearing.read(source.from(cursor), channel);
            if (!(result instanceof ReadResult.Read read)) {
                return result;
            }
            missed = read;
            cursor = read.cursor();
            if (!sink.keep(read)) {
                return new ReadResult.Unchanged(null, null);
            }
        } while (missed.every() != null);
        while (true) {
            switch (socket.next()) {
                case WebSocket.Over(var why) -> {
                    return new ReadResult.NotRead(new PublishResult.Unreachable(new Reason(why.told(), null, "")));
                }
                case WebSocket.Alive _ -> {
                    // Nothing was said, and that is known: it counts as heard.
                    if (!sink.keep(ReadResult.Read.on(List.of(), List.of(), String.valueOf(cursor)))) {
                        return new ReadResult.Unchanged(null, null);
                    }
                }
                case WebSocket.Text(String text) -> {
                    Optional<ReadResult.Read> told = told(source, channel, Json.read(text), String.valueOf(cursor));
                    if (told.isPresent()) {
                        cursor = told.get().cursor();
                        if (!sink.keep(told.get())) {
                            return new ReadResult.Unchanged(null, null);
                        }
                    }
                }
            }
        }
    }

    /** @return what an event says; the payload is JSON in a text, or an id alone */
    private Optional<ReadResult.Read> told(Source source, Channel channel, JsonNode message, String cursor) {
        String payload = message.path("payload").asText("");
        Instant now = clock.instant();
        JsonNode entity = Json.read(payload);
        return switch (message.path("event").asText("")) {
            case "update" -> read(MastodonItems.of(channel, entity, now), entity, cursor);
            case "notification" ->
                List.of("mention", "quote").contains(entity.path("type").asText(""))
                        ? read(MastodonItems.of(channel, entity.path("status"), now), entity, cursor)
                        : Optional.empty();
            case "status.update" -> MastodonItems.of(channel, entity, now).map(item -> edited(source, item, cursor));
            case "delete" ->
                MastodonAnswers.isId(payload)
                        ? Optional.of(ReadResult.Read.on(List.of(), List.of(payload), cursor))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /**
     * An edit may have brought the tag: servers tell it to those who listen to the tag as {@code status.update}, and it is the first that is heard of
     * that post. Whom a post is written to an edit does not tell there.
     */
    private static ReadResult.Read edited(Source source, HeardItem item, String cursor) {
        return ACCOUNT.equals(source.query())
                ? ReadResult.Read.on(List.of(), List.of(), cursor).again(List.of(item))
                : ReadResult.Read.on(List.of(item), List.of(), cursor);
    }

    private static Optional<ReadResult.Read> read(Optional<HeardItem> item, JsonNode entity, String cursor) {
        return item.map(one -> ReadResult.Read.on(
                List.of(one), List.of(), MastodonPages.later(entity.path("id").asText(""), cursor)));
    }
}
