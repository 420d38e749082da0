package org.tocsin.web.desk;

import java.util.List;

/**
 * What of a post that waits can be changed.
 *
 * @param version      of the post that it was filled in from: what was typed beside an older one is refused until that is looked at
 * @param draft        what stands in the fields: texts, images, day and time with their zone, channels that still wait
 * @param texts        of those channels
 * @param visibilities that one of them knows; empty where none does
 * @param warnings     whether one of them has a field for a warning
 * @param seen         what they will show
 */
public record EditForm(
        long version, Draft draft, List<Own> texts, List<Choice> visibilities, boolean warnings, Preview.Seen seen) {
    /**
     * What a channel says instead of the text of the post.
     *
     * @param text empty where it says the same
     */
    public record Own(String channelId, String name, String text) {}
}
