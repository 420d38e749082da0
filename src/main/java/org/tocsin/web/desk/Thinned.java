package org.tocsin.web.desk;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.Period;

/**
 * Figures as a chart can draw them: one for each few days, the last of them, counted back from the end of the period. What lies in a step
 * without any figure stays a gap.
 *
 * @param step how many days a point stands for
 */
record Thinned(Period period, int step) {
    /** Points that a chart draws at most: about one for each pixel and a half. */
    private static final int MOST = 370;

    static Thinned of(Period period) {
        return new Thinned(period, (int) ((period.days() + MOST - 1) / MOST));
    }

    /** @return in which step a day lies; that of the period's end is 0 */
    long place(LocalDate day) {
        return ChronoUnit.DAYS.between(day, period.to()) / step;
    }

    /** @param figures by day */
    List<AudienceSnapshot> figures(List<AudienceSnapshot> figures) {
        if (step == 1) {
            return figures;
        }
        TreeMap<Long, AudienceSnapshot> last = new TreeMap<>();
        figures.forEach(one -> last.put(-place(one.day()), one));
        return List.copyOf(last.values());
    }

    /** @return days, counted from the first of the period, of which no two lie in a step */
    List<Long> offsets(List<Long> offsets) {
        if (step == 1) {
            return offsets;
        }
        TreeMap<Long, Long> last = new TreeMap<>();
        offsets.forEach(offset -> last.put(-place(period.from().plusDays(offset)), offset));
        return List.copyOf(last.values());
    }
}
