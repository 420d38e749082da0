package org.tocsin.mention.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.PlainText;

/**
 * JSON Feed 1 and 1.1 (jsonfeed.org). It is read as it comes: what is not asked for is gone over and never made into objects, of which
 * millions fit into a feed.
 */
final class JsonFeeds {
    /** Items that are looked at: fifty times as many as are taken. What has more is no feed. */
    static final int MOST = 50 * Parsed.MAX_ITEMS;

    private static final int DEPTH = 50;

    private final JsonFactory factory;

    JsonFeeds() {
        this.factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                .build();
    }

    /** @return the feed; empty where the text is none */
    Optional<Parsed> read(String text, URI base, Instant now) {
        try (JsonParser json = factory.createParser(text)) {
            return json.nextToken() == JsonToken.START_OBJECT ? feed(json, base, now) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Parsed> feed(JsonParser json, URI base, Instant now) throws IOException {
        JsonItem feed = new JsonItem();
        String version = null;
        List<JsonItem> items = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "version" -> version = JsonItem.text(json);
                case "items" -> items = items(json);
                default -> feed.read(name, json);
            }
            if (items != null && items.size() > MOST) {
                return Optional.empty();
            }
        }
        if (version == null || !version.startsWith("https://jsonfeed.org/version/") || items == null) {
            return Optional.empty();
        }
        List<HeardItem> heard = new ArrayList<>();
        for (JsonItem item : Parsed.newest(items, JsonItem::date)) {
            item.in(feed, base).heard(now).ifPresent(heard::add);
        }
        String title = feed.title();
        return Optional.of(new Parsed(title == null ? null : PlainText.cut(title, 200), heard, null));
    }

    /** @return at most one more than are looked at; null where there is no list */
    private static @Nullable List<JsonItem> items(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return null;
        }
        List<JsonItem> items = new ArrayList<>();
        while (items.size() <= MOST && json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                items.add(JsonItem.of(json));
            } else {
                json.skipChildren();
            }
        }
        return items;
    }
}
