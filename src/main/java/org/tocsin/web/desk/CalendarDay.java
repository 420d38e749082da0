package org.tocsin.web.desk;

import java.util.List;

/**
 * A day of the calendar.
 *
 * @param date    as ISO 8601
 * @param name    as people say it
 * @param number  its number in the month
 * @param today   whether it is today
 * @param outside whether it belongs to another month than the one shown
 * @param clock   that the clocks change, and how; else empty
 * @param freezes what stands on it, a sentence each
 * @param shown   the first of its posts
 * @param folded  those after them that the page has as well
 * @param more    how many there are beside all these
 */
public record CalendarDay(
        String date,
        String name,
        String number,
        boolean today,
        boolean outside,
        String clock,
        List<String> freezes,
        List<Entry> shown,
        List<Entry> folded,
        int more) {
    public CalendarDay {
        freezes = List.copyOf(freezes);
        shown = List.copyOf(shown);
        folded = List.copyOf(folded);
    }

    /** @return whether there is nothing to say of it */
    public boolean empty() {
        return shown.isEmpty() && freezes.isEmpty() && clock.isEmpty();
    }

    /** @return how many posts are behind the fold */
    public int rest() {
        return folded.size() + more;
    }
}
