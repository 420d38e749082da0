package org.tocsin.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.tocsin.feed.FeedView.Entry;
import org.tocsin.feed.FeedView.Picture;

/** JSON Feed 1.1. */
final class JsonFeed {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private JsonFeed() {}

    static String write(FeedView view) {
        ObjectNode feed = MAPPER.createObjectNode();
        feed.put("version", "https://jsonfeed.org/version/1.1");
        feed.put("title", view.title());
        feed.put("home_page_url", view.home());
        feed.put("feed_url", view.self());
        feed.put("language", view.language());
        feed.putArray("authors").addObject().put("name", view.author());
        if (view.hub() != null) {
            feed.putArray("hubs").addObject().put("type", "WebSub").put("url", view.hub());
        }
        ArrayNode items = feed.putArray("items");
        view.entries().forEach(entry -> items.add(item(entry)));
        try {
            return MAPPER.writeValueAsString(feed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode item(Entry entry) {
        ObjectNode item = MAPPER.createObjectNode();
        item.put("id", entry.id());
        item.put("url", entry.url());
        item.put("title", entry.title());
        item.put("content_html", entry.html());
        item.put("content_text", entry.text());
        item.put("language", entry.language());
        item.put("date_published", date(entry.published()));
        item.put("date_modified", date(entry.updated()));
        if (!entry.tags().isEmpty()) {
            ArrayNode tags = item.putArray("tags");
            entry.tags().forEach(tags::add);
        }
        if (!entry.pictures().isEmpty()) {
            item.put("image", entry.pictures().getFirst().url());
            ArrayNode attachments = item.putArray("attachments");
            entry.pictures().forEach(picture -> attachments.add(attachment(picture)));
        }
        return item;
    }

    private static ObjectNode attachment(Picture picture) {
        ObjectNode attachment = MAPPER.createObjectNode();
        attachment.put("url", picture.url());
        attachment.put("mime_type", picture.image().type());
        attachment.put("size_in_bytes", picture.image().bytes());
        if (!picture.image().alt().isBlank()) {
            attachment.put("title", picture.image().alt());
        }
        return attachment;
    }

    /** RFC 3339. */
    private static String date(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
