package org.tocsin.feed;

/**
 * What one segment of a delivery added to an item.
 *
 * @param key             of the segment: the same part is never added twice
 * @param text            plain
 * @param publishedMillis milliseconds since 1970
 * @param withdrawn       taken back, and no longer shown
 */
public record FeedPart(String key, String text, long publishedMillis, boolean withdrawn) {
    FeedPart saying(String other) {
        return new FeedPart(key, other, publishedMillis, withdrawn);
    }

    FeedPart taken() {
        return new FeedPart(key, text, publishedMillis, true);
    }
}
