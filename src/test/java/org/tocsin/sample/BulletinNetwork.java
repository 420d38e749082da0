package org.tocsin.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Answers;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Intent;
import org.tocsin.network.Json;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Segment;
import org.tocsin.post.TextSize;

/**
 * A bulletin board of one's own: {@code POST /notes} with an {@code Idempotency-Key} that the board keeps for ever, so the channel is
 * KEYED. It has texts and replies, and no images.
 */
public final class BulletinNetwork implements Network {
    private static final int MAX = 1000;
    private static final String UNIT = "utf-16";

    private final HttpClient http;
    private final Clock clock;
    private final Answers answers;

    /**
     * @param http  the one way out
     * @param clock tells now
     */
    public BulletinNetwork(HttpClient http, Clock clock) {
        this.http = http;
        this.clock = clock;
        this.answers = new Answers(new RetryAfter(clock), Answer::text);
    }

    @Override
    public String id() {
        return "bulletin";
    }

    @Override
    public Limits limits(Channel channel) {
        return new Limits(
                MAX,
                MAX,
                UNIT,
                0,
                null,
                0,
                false,
                List.of(),
                List.of(),
                false,
                LocalDate.of(2026, 11, 23),
                "the board's handbook");
    }

    @Override
    public TextSize measure(Channel channel, Draft draft) {
        return new TextSize(draft.text().length(), MAX, UNIT);
    }

    @Override
    public Guarantee guarantee(Channel channel) {
        return Guarantee.of(Guarantee.Kind.KEYED);
    }

    @Override
    public DeliveryKey newKey() {
        return new DeliveryKey(UUID.randomUUID().toString());
    }

    @Override
    public List<Fault> validate(Channel channel) {
        List<Fault> faults = new ArrayList<>();
        if (channel.setting("baseUrl").isEmpty()) {
            faults.add(Fault.at("/settings/baseUrl", Message.of("network.address.malformed", "value", "")));
        }
        if (channel.secret("token").isEmpty()) {
            faults.add(Fault.at("/secrets/token", Message.of("network.secret.missing", "name", "token")));
        }
        return faults;
    }

    /** The body is made once, before the intent; whatever is sent later is this very text. */
    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> uploads) {
        int actual = segment.text().length();
        if (actual > MAX) {
            return new RenderResult.NotRendered(new PublishResult.Refused(
                    Reason.of("network.text.too-long", "actual", actual, "limit", MAX, "unit", UNIT)));
        }
        ObjectNode body = Json.object().put("text", segment.text()).put("language", segment.language());
        if (parent != null) {
            body.put("replyTo", parent.remoteId());
        }
        return new RenderResult.Rendered(body.toString(), segment.text());
    }

    /** One request. A success that names no note, and whatever else is no parsed refusal, is Unknown. */
    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        HttpRequest request = HttpRequest.post(url(channel, "/notes"), HttpBody.json(intent.body()))
                .with("Idempotency-Key", intent.key().value())
                .bearer(token(channel));
        HttpResult result = http.send(request);
        if (result instanceof Answer answer && answer.ok()) {
            return receipt(channel, Json.read(answer))
                    .<PublishResult>map(PublishResult.Published::new)
                    .orElseGet(() -> answers.unreadable(channel, answer));
        }
        return answers.create(channel, result);
    }

    /** The board tells of a key whether it has seen it: 404 is the proof of absence. */
    @Override
    public FindResult find(Channel channel, Intent intent) {
        HttpResult result = http.send(
                HttpRequest.get(url(channel, "/keys/" + intent.key().value())).bearer(token(channel)));
        if (result instanceof Answer answer && answer.status() == 404) {
            return new FindResult.AbsentAsOf(clock.instant());
        }
        Optional<Receipt> found =
                result instanceof Answer answer && answer.ok() ? receipt(channel, Json.read(answer)) : Optional.empty();
        return found.<FindResult>map(FindResult.Found::new).orElseGet(() -> answers.inconclusive(channel, result));
    }

    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        HttpResult result = http.send(HttpRequest.get(url(channel, "/notes/" + receipt.remoteId()))
                .method("DELETE")
                .bearer(token(channel)));
        return result instanceof Answer answer && (answer.ok() || answer.status() == 404)
                ? new DeleteResult.Gone()
                : answers.delete(channel, result);
    }

    @Override
    public ChannelHealth check(Channel channel) {
        HttpResult result = http.send(HttpRequest.get(url(channel, "/me")).bearer(token(channel)));
        Optional<String> name = result instanceof Answer answer && answer.ok()
                ? Json.text(Json.read(answer), "name")
                : Optional.empty();
        return name.map(account -> new ChannelHealth(ChannelHealth.Status.OK, null, account, clock.instant()))
                .orElseGet(() -> answers.health(channel, result, clock.instant()));
    }

    /** The id is checked against the board's grammar before anything is built from it. */
    private Optional<Receipt> receipt(Channel channel, JsonNode note) {
        return Json.text(note, "id")
                .filter(id -> id.matches("n[0-9]{1,18}"))
                .map(id -> new Receipt(
                        id,
                        url(channel, "/notes/" + id).toString(),
                        Json.instant(note, "at").orElseGet(clock::instant),
                        Map.of()));
    }

    /** A channel without a token does not pass {@link #validate}; were it asked all the same, the board's 401 holds it. */
    private static String token(Channel channel) {
        return channel.secret("token").map(secret -> secret.reveal()).orElse("none");
    }

    private static URI url(Channel channel, String path) {
        return URI.create(channel.setting("baseUrl").orElse("") + path);
    }
}
