package org.tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DailyGrowthTest {
    private static final LocalDate DAY = LocalDate.of(2026, 12, 1);

    private static AudienceSnapshot on(String channel, int day, long followers) {
        return new AudienceSnapshot(
                channel, DAY.plusDays(day), Instant.EPOCH, followers, AudienceSnapshot.Origin.MEASURED);
    }

    @Test
    void channels_add_up_and_a_gap_is_not_spread_over_its_days() {
        assertThat(DailyGrowth.of(List.of(
                        List.of(on("a", 0, 100), on("a", 1, 103), on("a", 4, 120), on("a", 5, 119)),
                        List.of(on("b", 0, 10), on("b", 1, 9)),
                        List.of(on("c", 1, 7)))))
                .isEqualTo(Map.of(DAY.plusDays(1), 2L, DAY.plusDays(5), -1L));
    }
}
