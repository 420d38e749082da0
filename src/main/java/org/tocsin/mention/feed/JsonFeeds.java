package org.tocsin.mention.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.PlainText;

/** JSON Feed 1 and 1.1 (jsonfeed.org). */
final class JsonFeeds {
    private static final int DEPTH = 50;

    private final JsonMapper mapper;

    JsonFeeds() {
        this.mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEPTH)
                                .build())
                        .build())
                .build();
    }

    /** @return the feed; empty where the text is none */
    Optional<Parsed> read(String text, URI base, Instant now) {
        try {
            JsonNode feed = mapper.readTree(text);
            boolean named = text(feed, "version")
                    .filter(one -> one.startsWith("https://jsonfeed.org/version/"))
                    .isPresent();
            if (!feed.isObject() || !named || !feed.path("items").isArray()) {
                return Optional.empty();
            }
            String language = text(feed, "language").orElse(null);
            List<HeardItem> items = new ArrayList<>();
            List<JsonNode> all = StreamSupport.stream(feed.path("items").spliterator(), false)
                    .filter(JsonNode::isObject)
                    .toList();
            for (JsonNode item : Parsed.newest(all, JsonFeeds::date)) {
                item(item, author(feed), language, base).heard(now).ifPresent(items::add);
            }
            return Optional.of(new Parsed(
                    text(feed, "title").map(one -> PlainText.cut(one, 200)).orElse(null), items, null));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static JsonNode author(JsonNode node) {
        return node.path("authors").isArray() ? node.path("authors").path(0) : node.path("author");
    }

    /** @param of who has written what names nobody (JSON Feed 1.1, "authors") */
    private static FeedItem item(JsonNode item, JsonNode of, @Nullable String language, URI base) {
        JsonNode author = author(item).isObject() ? author(item) : of;
        String html = text(item, "content_html").orElse(null);
        return new FeedItem(
                item.path("id").isNumber()
                        ? item.path("id").asText()
                        : text(item, "id").orElse(null),
                text(item, "title").orElse(null),
                html,
                html == null
                        ? text(item, "content_text")
                                .or(() -> text(item, "summary"))
                                .orElse(null)
                        : null,
                text(item, "url").or(() -> text(item, "external_url")).orElse(null),
                text(author, "name").orElse(null),
                text(author, "url").orElse(null),
                date(item),
                text(item, "language").orElse(language),
                StreamSupport.stream(item.path("tags").spliterator(), false)
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .toList(),
                !item.path("attachments").isEmpty() || text(item, "image").isPresent(),
                base);
    }

    private static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isBlank() ? Optional.of(value.textValue()) : Optional.empty();
    }

    private static @Nullable Instant date(JsonNode item) {
        return text(item, "date_published").flatMap(JsonFeeds::instant).orElse(null);
    }

    private static Optional<Instant> instant(String written) {
        try {
            return Optional.of(OffsetDateTime.parse(written.strip()).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
