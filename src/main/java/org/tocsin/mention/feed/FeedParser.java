package org.tocsin.mention.feed;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Understands a feed by what it is, whatever its header calls it. */
final class FeedParser {
    private final XmlFeed xml;
    private final JsonFeeds json;

    FeedParser() {
        this.xml = new XmlFeed();
        this.json = new JsonFeeds();
    }

    /** @return the feed; empty where the bytes are none */
    Optional<Parsed> read(byte[] bytes, @Nullable String contentType, URI base, Instant now) {
        String text = FeedBytes.text(bytes, contentType);
        return text.stripLeading().startsWith("{") ? json.read(text, base, now) : xml.read(text, base, now);
    }
}
