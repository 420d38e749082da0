package org.tocsin.feed;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed as every format shows it. All texts are free of what XML cannot carry.
 *
 * @param title    plain
 * @param author   the organisation
 * @param language BCP 47
 * @param home     address of the home page
 * @param self     address of this feed
 * @param hub      WebSub hub, null for none
 * @param updated  of the latest change
 * @param entries  newest first
 */
record FeedView(
        String title,
        String author,
        String language,
        String home,
        String self,
        @Nullable String hub,
        Instant updated,
        List<Entry> entries) {
    /**
     * An item.
     *
     * @param id        {@code urn:uuid:…}, for ever
     * @param url       permanent address
     * @param title     plain, never empty
     * @param html      what it says
     * @param text      what it says, plain
     * @param language  BCP 47
     * @param tags      without {@code #}
     * @param pictures  its images with their addresses
     * @param published when it first came out
     * @param updated   when it was last changed
     */
    record Entry(
            String id,
            String url,
            String title,
            String html,
            String text,
            String language,
            List<String> tags,
            List<Picture> pictures,
            Instant published,
            Instant updated) {}

    /** An image and its address. */
    record Picture(FeedImage image, String url) {}
}
