package org.tocsin.alert.way;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text for a person, before it is put into the form of a way. Nothing in it is to be trusted: it holds what strangers wrote.
 *
 * @param title what it is about, in one line
 * @param lines what it says
 * @param link  where it can be seen to; null where there is no address of ours
 * @param label what the link is called
 * @param alertId of the alert that it tells, for machines; null where it tells another thing
 */
public record Letter(
        String title,
        List<Line> lines,
        @Nullable String link,
        String label,
        String kind,
        @Nullable String alertId) {
    /**
     * One thing that it says.
     *
     * @param text plain
     * @param url  where that was said; null where it has no address
     */
    public record Line(String text, @Nullable String url) {}

    public Letter {
        lines = List.copyOf(lines);
    }
}
