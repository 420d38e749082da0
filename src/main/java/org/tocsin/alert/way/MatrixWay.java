package org.tocsin.alert.way;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.recipient.Way;

/** A room of Matrix, by the client-server API. The id of the letter is the transaction id: a repeat is the same event there. */
final class MatrixWay implements WayOut {
    private final HttpClient http;
    private final Answers answers;
    private final Bodies bodies;

    MatrixWay(HttpClient http, Answers answers, Bodies bodies) {
        this.http = http;
        this.answers = answers;
        this.bodies = bodies;
    }

    @Override
    public Sent send(Way way, Letter letter, String id) {
        String body = bodies.json(node -> {
            // A notice is what bots write: nobody answers it by himself.
            node.put("msgtype", "m.notice")
                    .put("body", bodies.plain(letter))
                    .put("format", "org.matrix.custom.html")
                    .put("formatted_body", bodies.html(letter, "<br>"));
            node.putObject("m.mentions");
        });
        URI url = URI.create(way.setting("homeserver").replaceAll("/+$", "") + "/_matrix/client/v3/rooms/"
                + encoded(way.setting("room")) + "/send/m.room.message/" + encoded(id));
        HttpResult result = http.send(HttpRequest.post(url, HttpBody.json(body))
                .method("PUT")
                .bearer(way.secret("token"))
                .within(Bodies.DEADLINE));
        if (result instanceof HttpResult.Answer answer && answer.status() == 429) {
            JsonNode wait = bodies.read(answer).path("retry_after_ms");
            return answers.limited(
                    answer, wait.isNumber() ? Optional.of(Duration.ofMillis(wait.asLong())) : Optional.empty());
        }
        return answers.read(result);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
