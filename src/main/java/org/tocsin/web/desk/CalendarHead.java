package org.tocsin.web.desk;

/**
 * What stands above the days of the calendar.
 *
 * @param view     {@code month}, {@code week}, {@code list}
 * @param title    the span in words
 * @param date     the day asked for, as ISO 8601
 * @param here     the address of this page
 * @param previous where the span before is
 * @param today    where today is, in this view
 * @param next     where the span after is
 * @param posts    how many posts the span has
 * @param earlier  where the page of the list before is; empty for none
 * @param later    where the page of the list after is; empty for none
 */
public record CalendarHead(
        String view,
        String title,
        String date,
        String here,
        String previous,
        String today,
        String next,
        int posts,
        String earlier,
        String later) {
    /** @return where the same days are in another view */
    public String in(String other) {
        return "/desk/calendar?view=" + other + "&date=" + date;
    }
}
