package org.tocsin.alert.way;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.recipient.Way;

/** An incoming webhook of Slack: it takes a text, and answers nothing by which a repeat could be known. */
final class SlackWay implements WayOut {
    private final HttpClient http;
    private final Answers answers;
    private final Bodies bodies;

    SlackWay(HttpClient http, Answers answers, Bodies bodies) {
        this.http = http;
        this.answers = answers;
        this.bodies = bodies;
    }

    @Override
    public Sent send(Way way, Letter letter, String id) {
        List<String> lines =
                new ArrayList<>(List.of("*" + Escapes.slack(letter.title()).replace("*", "∗") + "*"));
        for (Letter.Line line : letter.lines()) {
            lines.add(Escapes.slack(line.text()));
            String url = Escapes.url(line.url());
            if (url != null) {
                lines.add(link(url, url));
            }
        }
        String own = Escapes.url(letter.link());
        if (own != null) {
            lines.add(link(own, letter.label()));
        }
        String body = bodies.json(node -> node.put("text", String.join("\n", lines))
                .put("unfurl_links", false)
                .put("unfurl_media", false));
        return answers.read(http.send(HttpRequest.post(URI.create(way.secret("url")), HttpBody.json(body))
                .within(Bodies.DEADLINE)));
    }

    private static String link(String url, String label) {
        return "<" + url.replace("&", "&amp;") + "|" + Escapes.slack(label) + ">";
    }
}
