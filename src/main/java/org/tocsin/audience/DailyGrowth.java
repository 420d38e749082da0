package org.tocsin.audience;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** By how much all channels together grew on a day: of those that have a figure for it and for the day before. Nothing is made up for the others. */
public final class DailyGrowth {
    private DailyGrowth() {}

    /**
     * @param channels the figures of each channel, by day
     * @return the days on which at least one channel has both figures
     */
    public static Map<LocalDate, Long> of(Collection<List<AudienceSnapshot>> channels) {
        Map<LocalDate, Long> net = new HashMap<>();
        for (List<AudienceSnapshot> figures : channels) {
            for (int i = 1; i < figures.size(); i++) {
                AudienceSnapshot before = figures.get(i - 1);
                AudienceSnapshot on = figures.get(i);
                if (before.day().plusDays(1).equals(on.day())) {
                    net.merge(on.day(), on.followers() - before.followers(), Long::sum);
                }
            }
        }
        return net;
    }
}
