package org.tocsin.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.tocsin.http.HttpResult.Answer;

/** JSON as networks speak it: what cannot be read is missing, never an exception. */
public final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /** @return the tree; a missing node where the text is no JSON, is empty, or is nested too deep */
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException _) {
            return MAPPER.missingNode();
        }
    }

    /** @return the answer's body as a tree, missing where it is none */
    public static JsonNode read(Answer answer) {
        return read(answer.text());
    }

    /** @return a text field, empty where it is missing, null, blank or no text */
    public static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isBlank() ? Optional.of(value.textValue()) : Optional.empty();
    }

    /** @return an instant written by ISO 8601 in a text field */
    public static Optional<Instant> instant(JsonNode node, String field) {
        try {
            return text(node, field).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** @return an empty object; its fields keep their order */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @return an empty array */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }
}
