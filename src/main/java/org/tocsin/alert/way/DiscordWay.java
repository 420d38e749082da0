package org.tocsin.alert.way;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.recipient.Way;

/** A webhook of Discord. Nobody is called by a text of ours: {@code allowed_mentions} names nobody, whatever stands in it. */
final class DiscordWay implements WayOut {
    /** Discord API, "Execute Webhook": the content has up to 2000 characters. */
    private static final int MOST = 2000;

    /** {@code SUPPRESS_EMBEDS}: a page that a stranger names is not shown. */
    private static final int NO_EMBEDS = 1 << 2;

    private final HttpClient http;
    private final Answers answers;
    private final Bodies bodies;

    DiscordWay(HttpClient http, Answers answers, Bodies bodies) {
        this.http = http;
        this.answers = answers;
        this.bodies = bodies;
    }

    @Override
    public Sent send(Way way, Letter letter, String id) {
        List<String> lines = new ArrayList<>();
        for (Letter.Line line : letter.lines()) {
            lines.add(Escapes.discord(line.text()));
            String url = Escapes.url(line.url());
            if (url != null) {
                lines.add("<" + url + ">");
            }
        }
        String own = Escapes.url(letter.link());
        String end = own == null ? "" : "\n<" + own + ">";
        String head = "**" + Escapes.cut(Escapes.discord(letter.title()), 300) + "**\n";
        String content = head + Escapes.cut(String.join("\n", lines), MOST - head.length() - end.length()) + end;
        String body = bodies.json(node -> {
            node.put("content", content).put("flags", NO_EMBEDS);
            node.putObject("allowed_mentions").putArray("parse");
        });
        // Without wait the answer comes before the message is kept, and says nothing of it.
        String address = way.secret("url");
        URI url = URI.create(address + (address.contains("?") ? "&" : "?") + "wait=true");
        HttpResult result = http.send(HttpRequest.post(url, HttpBody.json(body)).within(Bodies.DEADLINE));
        if (result instanceof HttpResult.Answer answer && answer.status() == 429) {
            JsonNode seconds = bodies.read(answer).path("retry_after");
            return answers.limited(
                    answer,
                    seconds.isNumber()
                            ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds.asDouble() * 1000)))
                            : Optional.empty());
        }
        return answers.read(result);
    }
}
