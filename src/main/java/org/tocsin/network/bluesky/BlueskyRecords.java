package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.FindResult;
import org.tocsin.network.Intent;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.ReplyTarget;

/** Puts records under keys of our choice, and looks them up by these: a repeat is harmless for ever. */
final class BlueskyRecords {
    private static final Pattern CID = Pattern.compile("[a-zA-Z0-9+=]{8,256}");

    private final BlueskySessions sessions;
    private final BlueskyAnswers answers;
    private final Clock clock;

    BlueskyRecords(BlueskySessions sessions, BlueskyAnswers answers, Clock clock) {
        this.sessions = sessions;
        this.answers = answers;
        this.clock = clock;
    }

    PublishResult put(Channel channel, Intent intent) {
        JsonNode request = Json.read(intent.body());
        PostRef post =
                new PostRef(request.path("repo").asText(), request.path("rkey").asText());
        return switch (sessions.send(channel, session -> BlueskyApi.putRecord(session, intent.body()))) {
            case BlueskySessions.NotSent(PublishResult.NoEffect outcome) -> outcome;
            case BlueskySessions.Sent(HttpResult result, BlueskySession _)
            when BlueskyAnswers.isTaken(result) -> earlier(channel, post, request);
            case BlueskySessions.Sent(Answer answer, BlueskySession _)
            when answer.ok() ->
                receipt(post, Json.read(answer), request.path("record"), clock.instant())
                        .<PublishResult>map(PublishResult.Published::new)
                        .orElseGet(() -> answers.common().unreadable(channel, answer));
            case BlueskySessions.Sent(HttpResult result, BlueskySession _) -> answers.put(channel, result);
        };
    }

    /** There is a record of that key: it is ours if it says what we said. */
    private PublishResult earlier(Channel channel, PostRef post, JsonNode request) {
        return switch (find(channel, post, request)) {
            case FindResult.Found(Receipt receipt) -> new PublishResult.Published(receipt);
            case FindResult.AbsentAsOf _ -> new PublishResult.Unknown(Reason.of("bluesky.record.contradiction"));
            case FindResult.Inconclusive inconclusive -> new PublishResult.Unknown(inconclusive.reason());
        };
    }

    FindResult find(Channel channel, Intent intent) {
        JsonNode request = Json.read(intent.body());
        PostRef post =
                new PostRef(request.path("repo").asText(), request.path("rkey").asText());
        return find(channel, post, request);
    }

    private FindResult find(Channel channel, PostRef post, JsonNode request) {
        Instant asked = clock.instant();
        return switch (sessions.send(channel, session -> BlueskyApi.getRecord(session, post))) {
            case BlueskySessions.NotSent(PublishResult.NoEffect outcome) -> FindResult.Inconclusive.of(outcome);
            case BlueskySessions.Sent(HttpResult result, BlueskySession _)
            when BlueskyAnswers.isNotFound(result) -> new FindResult.AbsentAsOf(asked);
            case BlueskySessions.Sent(Answer answer, BlueskySession _)
            when answer.ok() -> compared(channel, answer, post, request.path("record"));
            case BlueskySessions.Sent(HttpResult result, BlueskySession _) ->
                FindResult.Inconclusive.of(answers.harmless(channel, result));
        };
    }

    private FindResult compared(Channel channel, Answer answer, PostRef post, JsonNode sent) {
        JsonNode record = Json.read(answer);
        JsonNode value = record.path("value");
        if (!value.path("text").isTextual()) {
            return answers.common().inconclusive(channel, answer);
        }
        if (!value.path("text").equals(sent.path("text"))) {
            return new FindResult.Inconclusive(Reason.of("bluesky.record.other", "uri", post.uri()));
        }
        Instant written = Json.instant(value, "createdAt").orElseGet(clock::instant);
        return receipt(post, record, value, written)
                .<FindResult>map(FindResult.Found::new)
                .orElseGet(() -> answers.common().inconclusive(channel, answer));
    }

    /** @return the receipt, where the answer names the very post that was put, with a valid hash */
    private static Optional<Receipt> receipt(PostRef post, JsonNode answer, JsonNode record, Instant at) {
        Optional<String> uri = Json.text(answer, "uri").filter(post.uri()::equals);
        return uri.flatMap(_ -> Json.text(answer, "cid"))
                .filter(cid -> CID.matcher(cid).matches())
                .map(cid -> new Receipt(post.uri(), post.web(), at, details(post.uri(), cid, record)));
    }

    /** @return the post at an address on the web or of the protocol; empty where there is none, or it cannot be read now */
    Optional<RemoteRef> reference(Channel channel, URI url, Handles handles) {
        return target(channel, url.toString(), handles) instanceof ReplyTarget.Found(RemoteRef ref)
                ? Optional.of(ref)
                : Optional.empty();
    }

    /** The same, of the account that the channel signs in with. */
    Optional<RemoteRef> own(Channel channel, URI url, Handles handles) {
        return reference(channel, url, handles)
                .filter(ref -> PostRef.read(ref.remoteId())
                        .filter(post -> sessions.open(channel) instanceof BlueskySessions.Open(BlueskySession session)
                                && session.did().equals(post.did()))
                        .isPresent());
    }

    /** The same, telling what is gone from what cannot be asked for now. */
    ReplyTarget target(Channel channel, String url, Handles handles) {
        Optional<PostRef> named = PostRef.readWeb(url).or(() -> PostRef.read(url));
        if (named.isEmpty()) {
            return ReplyTarget.gone(url);
        }
        PostRef ref = named.get();
        if (PostRef.isDid(ref.did())) {
            return target(channel, ref, url);
        }
        return switch (handles.resolve(channel, ref.did())) {
            case Handles.Resolved(String did) -> target(channel, new PostRef(did, ref.rkey()), url);
            case Handles.Nobody _ -> ReplyTarget.gone(url);
            case Handles.Failed(PublishResult.NoEffect outcome) -> new ReplyTarget.NotFound(outcome);
        };
    }

    private ReplyTarget target(Channel channel, PostRef post, String url) {
        return switch (sessions.send(channel, session -> BlueskyApi.getRecord(session, post))) {
            case BlueskySessions.NotSent(PublishResult.NoEffect outcome) -> new ReplyTarget.NotFound(outcome);
            case BlueskySessions.Sent(HttpResult result, BlueskySession _)
            when BlueskyAnswers.isNotFound(result) -> ReplyTarget.gone(url);
            case BlueskySessions.Sent(Answer answer, BlueskySession _)
            when answer.ok() -> {
                JsonNode record = Json.read(answer);
                yield Json.text(record, "cid")
                        .filter(BlueskyRecords::isCid)
                        .<ReplyTarget>map(cid -> new ReplyTarget.Found(
                                new RemoteRef(post.uri(), post.web(), details(post.uri(), cid, record.path("value")))))
                        .orElseGet(() -> ReplyTarget.gone(url));
            }
            case BlueskySessions.Sent(HttpResult result, BlueskySession _) ->
                new ReplyTarget.NotFound(answers.harmless(channel, result));
        };
    }

    /** What an answer to this post needs to know. */
    static Map<String, String> details(String uri, String cid, JsonNode record) {
        Map<String, String> details = new HashMap<>(Map.of("uri", uri, "cid", cid));
        JsonNode root = record.path("reply").path("root");
        details.put("rootUri", Json.text(root, "uri").orElse(uri));
        details.put("rootCid", Json.text(root, "cid").orElse(cid));
        return details;
    }

    static boolean isCid(String text) {
        return CID.matcher(text).matches();
    }
}
