package org.tocsin.mention.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One item of a JSON Feed, or the feed itself: those of its members that are asked for. The last of two of one name counts. */
final class JsonItem {
    private static final Set<String> TEXTS = Set.of(
            "title",
            "content_html",
            "content_text",
            "summary",
            "url",
            "external_url",
            "image",
            "date_published",
            "language");
    /** More than are kept of an item. */
    private static final int MOST_TAGS = 200;

    private final Map<String, String> texts;
    private final List<String> tags;
    private boolean attached;
    /** {@code authors} go before the older {@code author}, even where the first of them says nothing (JSON Feed 1.1). */
    private @Nullable Person first;

    private @Nullable Person author;
    private boolean authors;

    JsonItem() {
        this.texts = new HashMap<>(8);
        this.tags = new ArrayList<>(0);
    }

    private record Person(@Nullable String name, @Nullable String url) {}

    /** @param json at its beginning; afterwards at its end */
    static JsonItem of(JsonParser json) throws IOException {
        JsonItem item = new JsonItem();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            item.read(name, json);
        }
        return item;
    }

    /** @return the text that stands there; null where there is another thing, which is gone over, or a blank */
    static @Nullable String text(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return null;
        }
        String text = json.getText();
        return text.isBlank() ? null : text;
    }

    /** Reads one member, or goes over it. */
    void read(String name, JsonParser json) throws IOException {
        if (TEXTS.contains(name)) {
            put(name, text(json));
            return;
        }
        switch (name) {
            case "id" -> put(name, json.currentToken().isNumeric() ? json.getText() : text(json));
            case "tags" -> tags(json);
            case "attachments" -> attached = isFilled(json);
            case "author" -> author = person(json);
            case "authors" -> authors(json);
            default -> json.skipChildren();
        }
    }

    private void put(String name, @Nullable String value) {
        if (value == null) {
            texts.remove(name);
        } else {
            texts.put(name, value);
        }
    }

    private void tags(JsonParser json) throws IOException {
        tags.clear();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING && tags.size() < MOST_TAGS) {
                tags.add(json.getText());
            } else {
                json.skipChildren();
            }
        }
    }

    private static boolean isFilled(JsonParser json) throws IOException {
        if (!json.currentToken().isStructStart()) {
            return false;
        }
        boolean filled = false;
        int depth = 1;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == null) {
                return filled;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            filled |= depth > 0;
        }
        return filled;
    }

    private static @Nullable Person person(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        String name = null;
        String url = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "name" -> name = text(json);
                case "url" -> url = text(json);
                default -> json.skipChildren();
            }
        }
        return new Person(name, url);
    }

    private void authors(JsonParser json) throws IOException {
        authors = json.currentToken() == JsonToken.START_ARRAY;
        first = null;
        if (!authors) {
            json.skipChildren();
            return;
        }
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == 0) {
                first = person(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private @Nullable Person writer() {
        return authors ? first : author;
    }

    @Nullable
    String title() {
        return texts.get("title");
    }

    @Nullable
    Instant date() {
        String written = texts.get("date_published");
        try {
            return written == null
                    ? null
                    : OffsetDateTime.parse(written.strip()).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private @Nullable String either(String name, String other) {
        return texts.getOrDefault(name, texts.get(other));
    }

    /** @param feed says who has written what names nobody, and in which language (JSON Feed 1.1, "authors") */
    FeedItem in(JsonItem feed, URI base) {
        Person own = writer();
        Person by = own == null ? feed.writer() : own;
        String html = texts.get("content_html");
        return new FeedItem(
                texts.get("id"),
                title(),
                html,
                html == null ? either("content_text", "summary") : null,
                either("url", "external_url"),
                by == null ? null : by.name(),
                by == null ? null : by.url(),
                date(),
                texts.getOrDefault("language", feed.texts.get("language")),
                tags,
                attached || texts.containsKey("image"),
                base);
    }
}
