package org.tocsin.app;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Log lines of at most {@value #MOST} bytes, each a JSON object still: what a stranger has written fills no disk by way of the log, and no
 * line is torn by what collects it. A line that was cut has a field {@code cutFrom}, its bytes before.
 */
final class CutEncoder extends JsonEncoder {
    /** With its line end. Pipes write so much at once without mixing it with another's (PIPE_BUF of Linux). */
    static final int MOST = 4096;

    /** Texts in code units, and elements of lists, from generous to what always fits. */
    private static final int[][] STEPS = {{1500, 24}, {700, 16}, {300, 10}, {120, 5}, {60, 2}};

    /** Made where a line is long, which hardly any is: reading JSON takes its part of a start. */
    private static final class Lazy {
        static final JsonMapper MAPPER = new JsonMapper();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        byte[] line = super.encode(event);
        return line.length <= MOST ? line : cut(event, line);
    }

    private static byte[] cut(ILoggingEvent event, byte[] line) {
        try {
            JsonNode whole = Lazy.MAPPER.readTree(new String(line, StandardCharsets.UTF_8));
            for (int[] step : STEPS) {
                byte[] cut = written((ObjectNode) cut(whole, step[0], step[1]), line.length);
                if (cut.length <= MOST) {
                    return cut;
                }
            }
        } catch (JsonProcessingException e) {
            // Longer than a reader takes: what it was about is said below.
        }
        ObjectNode least = Lazy.MAPPER.createObjectNode();
        least.put("timestamp", event.getTimeStamp());
        least.put("level", event.getLevel().toString());
        least.put("loggerName", shortened(event.getLoggerName(), 60));
        least.put("formattedMessage", shortened(String.valueOf(event.getFormattedMessage()), 60));
        return written(least, line.length);
    }

    private static byte[] written(ObjectNode node, int before) {
        return (node.put("cutFrom", before) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode cut(JsonNode node, int text, int elements) {
        return switch (node) {
            case TextNode written -> TextNode.valueOf(shortened(written.textValue(), text));
            case ArrayNode list -> {
                ArrayNode some = Lazy.MAPPER.createArrayNode();
                for (int i = 0; i < Math.min(elements, list.size()); i++) {
                    some.add(cut(list.get(i), text, elements));
                }
                yield some;
            }
            case ObjectNode object -> {
                ObjectNode some = Lazy.MAPPER.createObjectNode();
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    some.set(shortened(field.getKey(), text), cut(field.getValue(), text, elements));
                }
                yield some;
            }
            default -> node;
        };
    }

    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most) + "…";
    }
}
