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
 * @param kind  for machines: {@code alert}, {@code notice}, {@code digest} or {@code test}
 * @param alertId of the alert that it tells, for machines; null where it tells another thing
 * @param actions what can be done about it by a press, where a way has buttons
 */
public record Letter(
        String title,
        List<Line> lines,
        @Nullable String link,
        String label,
        String kind,
        @Nullable String alertId,
        List<Action> actions) {
    /**
     * One thing that it says.
     *
     * @param text plain
     * @param url  where that was said; null where it has no address
     */
    public record Line(String text, @Nullable String url) {}

    /**
     * Something that can be done by a press.
     *
     * @param data  what is pressed, for machines; at most 64 bytes ({@code callback_data} of Telegram)
     * @param label what it is called
     * @param url   where it can be done by who has no buttons; null where nowhere
     */
    public record Action(
            String data, String label, @Nullable String url) {}

    public Letter {
        lines = List.copyOf(lines);
        actions = List.copyOf(actions);
    }

    /** One that is only read. */
    public Letter(
            String title,
            List<Line> lines,
            @Nullable String link,
            String label,
            String kind,
            @Nullable String alertId) {
        this(title, lines, link, label, kind, alertId, List.of());
    }
}
