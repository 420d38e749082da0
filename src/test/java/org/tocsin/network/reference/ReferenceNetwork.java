package org.tocsin.network.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.tocsin.media.ImageLimits;
import org.tocsin.media.MediaType;
import org.tocsin.network.Answers;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Intent;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.UploadResult;
import org.tocsin.post.TextSize;

/** An adapter with a guarantee of choice. */
public final class ReferenceNetwork implements Network {
    private static final int MAX = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final Clock clock;
    private final Guarantee guarantee;
    private final Answers answers;

    /** @param guarantee what to promise; the server must be able to hold it */
    public ReferenceNetwork(HttpClient http, Clock clock, Guarantee guarantee) {
        this.http = http;
        this.clock = clock;
        this.guarantee = guarantee;
        this.answers = new Answers(new RetryAfter(clock), Answer::text);
    }

    @Override
    public String id() {
        return "reference";
    }

    @Override
    public Limits limits(Channel channel) {
        ImageLimits images = new ImageLimits(Set.of(MediaType.PNG), 1_000_000, 1_000_000, 1000, 2000);
        return new Limits(
                MAX, MAX, "utf-16", 4, images, 1000, false, List.of(), List.of(), false, LocalDate.EPOCH, "made up");
    }

    @Override
    public TextSize measure(Channel channel, Draft draft) {
        return new TextSize(draft.text().length(), MAX, "utf-16");
    }

    @Override
    public Guarantee guarantee(Channel channel) {
        return guarantee;
    }

    @Override
    public DeliveryKey newKey() {
        return new DeliveryKey(UUID.randomUUID().toString());
    }

    @Override
    public List<Fault> validate(Channel channel) {
        return channel.secret("token").isPresent()
                ? List.of()
                : List.of(Fault.at("/secrets/token", Message.of("network.secret.missing", "name", "token")));
    }

    @Override
    public UploadResult upload(Channel channel, SegmentImage image) {
        String body = JSON.createObjectNode().put("alt", image.alt()).toString();
        HttpResult result = http.send(
                HttpRequest.post(url(channel, "/images"), HttpBody.json(body)).bearer(token(channel)));
        return result instanceof Answer answer && answer.ok()
                ? new UploadResult.Uploaded(read(answer).path("id").asText())
                : new UploadResult.Failed(answers.harmless(channel, result));
    }

    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> uploads) {
        if (segment.text().length() > MAX) {
            return new RenderResult.NotRendered(new PublishResult.Refused(Reason.of("network.text.too-long")));
        }
        ObjectNode body = JSON.createObjectNode().put("key", key.value()).put("text", segment.text());
        if (parent != null) {
            body.put("parent", parent.remoteId());
        }
        ArrayNode images = body.putArray("images");
        uploads.forEach(images::add);
        return new RenderResult.Rendered(body.toString(), segment.text());
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        HttpResult result = http.send(HttpRequest.post(url(channel, "/posts"), HttpBody.json(intent.body()))
                .bearer(token(channel)));
        if (result instanceof Answer answer && answer.ok()) {
            JsonNode post = read(answer);
            return post.path("id").asText().matches("p[0-9]+")
                    ? new PublishResult.Published(receipt(channel, post))
                    : answers.unreadable(channel, answer);
        }
        return answers.create(channel, result);
    }

    @Override
    public FindResult find(Channel channel, Intent intent) {
        Instant asked = clock.instant();
        HttpResult result = http.send(HttpRequest.get(url(channel, "/posts")).bearer(token(channel)));
        if (!(result instanceof Answer answer) || !answer.ok() || !read(answer).isArray()) {
            return answers.inconclusive(channel, result);
        }
        List<Receipt> candidates = new ArrayList<>();
        for (JsonNode post : read(answer)) {
            boolean young = !Instant.parse(post.path("at").asText())
                    .isBefore(intent.firstAt().minus(Duration.ofSeconds(1)));
            if (young && post.path("text").asText().equals(intent.text())) {
                candidates.add(receipt(channel, post));
            }
        }
        return candidates.stream()
                .filter(receipt -> !intent.taken().test(receipt.remoteId()))
                .findFirst()
                .<FindResult>map(FindResult.Found::new)
                .orElse(new FindResult.AbsentAsOf(asked));
    }

    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        HttpResult result = http.send(HttpRequest.get(url(channel, "/posts/" + receipt.remoteId()))
                .method("DELETE")
                .bearer(token(channel)));
        return result instanceof Answer answer && (answer.ok() || answer.status() == 404)
                ? new DeleteResult.Gone()
                : answers.delete(channel, result);
    }

    @Override
    public ChannelHealth check(Channel channel) {
        HttpResult result = http.send(HttpRequest.get(url(channel, "/me")).bearer(token(channel)));
        return result instanceof Answer answer && answer.ok()
                ? new ChannelHealth(
                        ChannelHealth.Status.OK, null, read(answer).path("name").asText(), clock.instant())
                : answers.health(channel, result, clock.instant());
    }

    private static Receipt receipt(Channel channel, JsonNode post) {
        String id = post.path("id").asText();
        return new Receipt(
                id,
                url(channel, "/posts/" + id).toString(),
                Instant.parse(post.path("at").asText()),
                Map.of());
    }

    private static JsonNode read(Answer answer) {
        try {
            return JSON.readTree(answer.text());
        } catch (JsonProcessingException _) {
            return JSON.missingNode();
        }
    }

    private static String token(Channel channel) {
        return channel.secret("token").map(secret -> secret.reveal()).orElse("none");
    }

    private static URI url(Channel channel, String path) {
        return URI.create(channel.setting("baseUrl").orElseThrow() + path);
    }
}
