package org.tocsin.web.desk;

import java.util.List;

/**
 * What of a post that waits can be changed.
 *
 * @param date   as ISO 8601, in that zone; empty where it goes out as soon as it may
 * @param time   likewise, {@code HH:mm}
 * @param texts  of the channels that still wait
 * @param images in their order
 */
public record EditForm(
        String text, String language, String date, String time, String zone, List<Own> texts, List<Picture> images) {
    /**
     * What a channel says instead of the text of the post.
     *
     * @param text empty where it says the same
     */
    public record Own(String channelId, String name, String text) {}
}
