package org.tocsin.alert.way;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tocsin.http.HttpResult;

/** What several ways write alike. */
final class Bodies {
    /** For one letter, from the connection to the answer. */
    static final Duration DEADLINE = Duration.ofSeconds(20);

    private final ObjectMapper mapper = new ObjectMapper();

    String json(Consumer<ObjectNode> filling) {
        ObjectNode node = mapper.createObjectNode();
        filling.accept(node);
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return what an answer says; a missing node where it is no JSON */
    JsonNode read(HttpResult.Answer answer) {
        try {
            JsonNode read = mapper.readTree(answer.bytes());
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException _) {
            return MissingNode.getInstance();
        }
    }

    /** One line for the title, then each thing with its address below it. */
    String plain(Letter letter) {
        List<String> lines = new ArrayList<>(List.of(Escapes.line(letter.title())));
        for (Letter.Line line : letter.lines()) {
            lines.add("");
            lines.add(Escapes.line(line.text()));
            String url = Escapes.url(line.url());
            if (url != null) {
                lines.add(url);
            }
        }
        String own = Escapes.url(letter.link());
        if (own != null) {
            lines.add("");
            lines.add(Escapes.line(letter.label()) + " " + own);
        }
        return String.join("\n", lines);
    }

    /** @param newLine {@code <br>}, or a line end where the other side knows no such element */
    String html(Letter letter, String newLine) {
        List<String> lines = new ArrayList<>(List.of("<b>" + Escapes.html(letter.title()) + "</b>"));
        for (Letter.Line line : letter.lines()) {
            lines.add(Escapes.html(line.text()));
            String url = Escapes.url(line.url());
            if (url != null) {
                lines.add(link(url, url));
            }
        }
        String own = Escapes.url(letter.link());
        if (own != null) {
            lines.add(link(own, letter.label()));
        }
        return String.join(newLine, lines);
    }

    private static String link(String url, String label) {
        return "<a href=\"" + Escapes.html(url) + "\">" + Escapes.html(label) + "</a>";
    }

    /** @return as many of its things as are surely within so many characters; the link tells the rest */
    Letter within(Letter letter, int most) {
        List<Letter.Line> kept = new ArrayList<>();
        int room = most - 400 - letter.label().length();
        for (Letter.Line line : letter.lines()) {
            Letter.Line shorter = new Letter.Line(Escapes.cut(line.text(), 1000), line.url());
            // As it is shown: with its per cent signs, and a text from right to left within two signs of its own.
            String url = Escapes.url(line.url());
            room -= shorter.text().length() + 4 + (url == null ? 0 : url.length());
            if (room < 0) {
                break;
            }
            kept.add(shorter);
        }
        return new Letter(
                Escapes.cut(letter.title(), 300), kept, letter.link(), letter.label(), letter.kind(), letter.alertId());
    }
}
