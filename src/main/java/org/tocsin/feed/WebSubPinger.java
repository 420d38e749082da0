package org.tocsin.feed;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.http.RetryAfter;

/**
 * Tells a WebSub hub that a feed has changed. WebSub (W3C Recommendation, 2018) leaves the form of this to hub and publisher; all known
 * hubs take the one of PubSubHubbub 0.4: {@code hub.mode=publish&hub.url=…}.
 */
public final class WebSubPinger {
    private static final Logger log = LoggerFactory.getLogger(WebSubPinger.class);
    private static final Duration GIVE_UP = Duration.ofHours(24);
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final UnitOfWork unitOfWork;
    private final PingRepository pings;
    private final FeedSettings settings;
    private final HttpClient http;
    private final RetryAfter retryAfter;
    private final RetryPolicy retry;
    private final Clock clock;

    /** @param retry how long to wait where the hub does not say */
    public WebSubPinger(
            UnitOfWork unitOfWork,
            PingRepository pings,
            FeedSettings settings,
            HttpClient http,
            RetryAfter retryAfter,
            RetryPolicy retry,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.pings = pings;
        this.settings = settings;
        this.http = http;
        this.retryAfter = retryAfter;
        this.retry = retry;
        this.clock = clock;
    }

    /** Sends one ping, once; what comes next is in its row. For a day it is tried again, whatever the hub says. */
    public void ping(FeedPing ping) {
        URI hub = settings.hub();
        if (hub == null) {
            return;
        }
        String form = "hub.mode=publish&hub.url=" + URLEncoder.encode(ping.topic(), StandardCharsets.UTF_8);
        HttpResult result = http.send(HttpRequest.post(hub, HttpBody.form(form)).within(DEADLINE));
        if (result instanceof HttpResult.Answer answer && answer.ok()) {
            end(ping);
            return;
        }
        Instant now = clock.instant();
        Instant next = now.plus(pause(result, ping.attempts() + 1));
        if (next.isAfter(ping.firstAt().plus(GIVE_UP))) {
            log.atWarn()
                    .addKeyValue("topic", ping.topic())
                    .addKeyValue("result", result)
                    .log("the hub was not reached for a day; its subscribers will see the change when they poll");
            end(ping);
        } else {
            unitOfWork.write(Urgency.REQUEST, tx -> {
                pings.again(tx, ping, next);
                return ping;
            });
        }
    }

    private Duration pause(HttpResult result, int failures) {
        return result instanceof HttpResult.Answer answer
                ? retryAfter.delay(answer).orElseGet(() -> retry.backOff(failures))
                : retry.backOff(failures);
    }

    private void end(FeedPing ping) {
        unitOfWork.write(Urgency.REQUEST, tx -> {
            pings.done(tx, ping);
            return ping;
        });
    }
}
