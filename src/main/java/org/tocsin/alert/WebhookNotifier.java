package org.tocsin.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Messages;
import org.tocsin.base.Secret;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.http.RetryAfter;

/**
 * Sends notices to a webhook: at least once, each with its id, so that the receiver can drop a repeat. The body is signed as
 * {@code X-Tocsin-Signature: t=<seconds>,v1=<hex HMAC-SHA256 of "<seconds>.<body>">}; a receiver refuses what is older than five minutes.
 */
public final class WebhookNotifier implements DueQueue<Notice> {
    private static final Duration GIVE_UP = Duration.ofDays(3);

    private final UnitOfWork unitOfWork;
    private final NoticeRepository notices;
    private final HttpClient http;
    private final URI url;
    private final Secret secret;
    private final RetryPolicy retry;
    private final Messages messages;
    private final Clock clock;
    private final Wakeup wakeup;
    private final ObjectMapper json;
    private final Set<String> busy;

    /** @param url where notices go; {@code secret} is shared with the receiver */
    public WebhookNotifier(
            UnitOfWork unitOfWork,
            NoticeRepository notices,
            HttpClient http,
            URI url,
            Secret secret,
            RetryPolicy retry,
            Messages messages,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.notices = notices;
        this.http = http;
        this.url = url;
        this.secret = secret;
        this.retry = retry;
        this.messages = messages;
        this.clock = clock;
        this.wakeup = wakeup;
        this.json = new ObjectMapper();
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<Notice> claim(int max) {
        return unitOfWork.read(tx -> notices.due(tx, clock.instant(), max)).stream()
                .filter(notice -> busy.add(notice.id()))
                .toList();
    }

    @Override
    public void release(Notice notice) {
        busy.remove(notice.id());
    }

    @Override
    public Optional<Instant> nextAt() {
        return unitOfWork.read(notices::nextAt);
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Sends one notice, once. */
    public void send(Notice notice) {
        String body = body(notice);
        long seconds = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.post(url, HttpBody.json(body))
                .with("X-Tocsin-Event", notice.id())
                .with("X-Tocsin-Signature", "t=" + seconds + ",v1=" + sign(seconds + "." + body))
                .within(Duration.ofSeconds(20));
        HttpResult result = http.send(request);
        boolean sent = result instanceof HttpResult.Answer answer && answer.ok();
        Instant asked = result instanceof HttpResult.Answer answer
                ? new RetryAfter(clock).asked(answer).orElse(Instant.EPOCH)
                : Instant.EPOCH;
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            int attempts = notice.attempts() + 1;
            Instant now = clock.instant();
            if (sent) {
                notices.sent(tx, notice.id(), "SENT", attempts, null);
            } else if (now.isAfter(notice.createdAt().plus(GIVE_UP))) {
                notices.sent(tx, notice.id(), "FAILED", attempts, null);
            } else {
                Instant next = now.plus(retry.backOff(attempts));
                notices.sent(tx, notice.id(), "NEW", attempts, asked.isAfter(next) ? asked : next);
            }
            return notice;
        });
    }

    private String body(Notice notice) {
        ObjectNode node = json.createObjectNode();
        node.put("id", notice.id());
        node.put("kind", notice.kind().name());
        node.put("subject", notice.subject());
        node.put("createdAt", notice.createdAt().toString());
        node.put("code", notice.message().code());
        ObjectNode texts = node.putObject("message");
        texts.put("fr", messages.text(notice.message(), Locale.FRENCH));
        texts.put("en", messages.text(notice.message(), Locale.ENGLISH));
        try {
            return json.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
