package org.tocsin.alert.way;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.time.Clock;
import org.tocsin.http.HttpClient;
import org.tocsin.http.StandardWebhooks;
import org.tocsin.recipient.Way;

/** A webhook of one's own by the rules of Standard Webhooks: its id stays the same over all attempts. */
final class WebhookWay implements WayOut {
    private final HttpClient http;
    private final Answers answers;
    private final Bodies bodies;
    private final Clock clock;

    WebhookWay(HttpClient http, Answers answers, Bodies bodies, Clock clock) {
        this.http = http;
        this.answers = answers;
        this.bodies = bodies;
        this.clock = clock;
    }

    @Override
    public Sent send(Way way, Letter letter, String id) {
        String body = bodies.json(node -> {
            node.put("type", letter.kind()).put("id", id);
            node.putObject("data")
                    .put("title", letter.title())
                    .put("alertId", letter.alertId())
                    .put("link", letter.link());
            ArrayNode lines = node.withObject("/data").putArray("lines");
            letter.lines()
                    .forEach(line -> lines.addObject().put("text", line.text()).put("url", Escapes.url(line.url())));
        });
        URI url = URI.create(way.setting("url"));
        return answers.readStandard(
                http.send(StandardWebhooks.request(url, way.secret("secret"), id, clock.instant(), body)
                        .within(Bodies.DEADLINE)));
    }
}
