package org.tocsin.web.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post in the calendar.
 *
 * @param version of the post, for whoever moves it
 * @param date    its day in the organisation's zone, as ISO 8601
 * @param clock   its time of day there, {@code HH:mm}
 * @param own     where it is planned in another zone: day, time and zone there; else null
 * @param hour    the same as people say it; which of the two, where it comes twice
 * @param text    its beginning
 * @param kind    the colour of its state
 * @param sign    the shape of its state
 * @param word    its state in words
 * @param on      its channels
 * @param movable whether who looks may move it
 */
public record Entry(
        String postId,
        long version,
        String date,
        String clock,
        @Nullable Own own,
        String hour,
        String text,
        String kind,
        String sign,
        String word,
        List<On> on,
        boolean movable) {
    public Entry {
        on = List.copyOf(on);
    }

    /**
     * When it is planned in a zone that is not the organisation's: moved, it keeps its time of day there.
     *
     * @param date  ISO 8601
     * @param clock {@code HH:mm}
     * @param zone  its id
     * @param shift days from the organisation's day to its own, -1 to 1
     */
    public record Own(String date, String clock, String zone, long shift) {}

    /** A channel, by its mark and what people call it. */
    public record On(String network, String letter, String channel) {}
}
