package org.tocsin.web.desk;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

    /** @param figures by day, the earliest first */
    List<AudienceSnapshot> figures(List<AudienceSnapshot> figures) {
        return last(figures, AudienceSnapshot::day);
    }

    /** @return days, counted from the first of the period and ascending, of which no two lie in a step */
    List<Long> offsets(List<Long> offsets) {
        return last(offsets, period.from()::plusDays);
    }

    /** @return the last of each step */
    private <T> List<T> last(List<T> ascending, Function<T, LocalDate> day) {
        if (step == 1) {
            return ascending;
        }
        List<T> last = new ArrayList<>();
        long before = Long.MIN_VALUE;
        for (T one : ascending) {
            long place = place(day.apply(one));
            if (place == before) {
                last.removeLast();
            }
            last.add(one);
            before = place;
        }
        return List.copyOf(last);
    }
}
