package org.tocsin.web.desk;

import java.util.List;

/**
 * What the page of the audience says of posts, in words and numbers.
 *
 * @param channels  a row for each channel, compared in the same columns
 * @param days      the newest first
 * @param shortened whether earlier days of the period are left out
 * @param hours     parts of the day: when, posts, to what is usual, interval
 * @param weekdays  the same by the day of the week
 * @param rated     how many posts the two rest on
 * @param leftOut   readings on channels for which nothing is usual yet
 */
public record AnswersTables(
        List<List<String>> channels,
        List<Day> days,
        boolean shortened,
        List<List<String>> hours,
        List<List<String>> weekdays,
        int rated,
        int leftOut) {
    /**
     * A day.
     *
     * @param day   in words
     * @param net   of all channels together
     * @param posts of that day, the first of them
     * @param more  how many more there were
     */
    public record Day(String day, String net, List<Out> posts, int more) {}

    /**
     * A post.
     *
     * @param text     its first words
     * @param answered how often, as far as it is told; a dash where it is not
     */
    public record Out(String id, String text, String answered) {}
}
