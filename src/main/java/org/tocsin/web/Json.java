package org.tocsin.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** JSON of the API: read strictly (no unknown or double members, no coercion, at most 32 levels), written plainly. */
final class Json {
    private static final int DEPTH = 32;

    private final ObjectMapper mapper;

    Json() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxStringLength(400_000)
                        .maxNumberLength(40)
                        .build())
                .build();
        factory.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        this.mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    /** @throws FaultException MALFORMED or INVALID, naming the member */
    <T> T read(Request request, Class<T> type) {
        checkForm(request);
        try (InputStream in = request.body().open()) {
            T value = mapper.readValue(in, type);
            if (value == null) {
                throw malformed("", "web.json.null");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw FaultException.invalid(
                    pointer(e), Message.of("web.json.unknown", "field", e.getPropertyName(), "known", known(e)));
        } catch (StreamConstraintsException e) {
            throw malformed("", "web.json.deep", "limit", DEPTH);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof StreamConstraintsException) {
                throw malformed(pointer(e), "web.json.deep", "limit", DEPTH);
            }
            if (e.getCause() instanceof InputCoercionException) {
                throw FaultException.invalid(pointer(e), Message.of("web.json.range", "field", field(e)));
            }
            if (e.getCause() instanceof JsonProcessingException) {
                throw malformed(pointer(e), "web.json.malformed", "line", line(e), "column", column(e));
            }
            throw FaultException.invalid(pointer(e), Message.of("web.json.type", "field", field(e)));
        } catch (JsonProcessingException e) {
            throw malformed("", "web.json.malformed", "line", line(e), "column", column(e));
        } catch (IOException e) {
            throw malformed("", "web.json.malformed", "line", 0, "column", 0);
        }
    }

    /** Reads the whole body before anything is made of it: what is no JSON at all is told as such, wherever the fault is. */
    private void checkForm(Request request) {
        try (InputStream in = request.body().open();
                JsonParser parser = mapper.createParser(in)) {
            try {
                boolean empty = parser.nextToken() == null;
                parser.skipChildren();
                if (empty || parser.nextToken() != null) {
                    JsonLocation here = parser.currentLocation();
                    throw malformed("", "web.json.malformed", "line", here.getLineNr(), "column", here.getColumnNr());
                }
            } catch (StreamConstraintsException e) {
                throw malformed("", "web.json.deep", "limit", DEPTH);
            } catch (JsonProcessingException e) {
                String where = parser.getParsingContext().pathAsPointer().toString();
                // The parser has no class for it, and its words are the only sign.
                if (e.getOriginalMessage().startsWith("Duplicate field")) {
                    throw malformed(where, "web.json.twice", "line", line(e), "column", column(e));
                }
                throw malformed(where, "web.json.malformed", "line", line(e), "column", column(e));
            }
        } catch (IOException e) {
            throw malformed("", "web.json.malformed", "line", 0, "column", 0);
        }
    }

    private static FaultException malformed(String pointer, String code, Object... pairs) {
        return new FaultException(Kind.MALFORMED, Fault.at(pointer, Message.of(code, pairs)));
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    }

    private static int column(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
    }

    private static String known(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds() == null
                ? ""
                : e.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String field(JsonMappingException e) {
        String pointer = pointer(e);
        return pointer.isEmpty() ? "body" : pointer.substring(1);
    }

    private static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(step ->
                        "/" + (step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName()))
                .collect(Collectors.joining());
    }

    ObjectNode object() {
        return mapper.createObjectNode();
    }

    /** Puts an instant as ISO 8601 in UTC; null stays null. */
    static void put(ObjectNode node, String name, @Nullable Instant instant) {
        node.put(name, instant == null ? null : instant.toString());
    }

    String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
