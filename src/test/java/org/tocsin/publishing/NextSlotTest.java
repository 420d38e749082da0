package org.tocsin.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlFreezes;
import org.tocsin.sql.SqlSlots;
import org.tocsin.sql.SqlStore;

/** The next free slot on the nights when the clocks change. */
class NextSlotTest {
    private final SqlSlots slots = new SqlSlots();
    private final NextSlot next = new NextSlot(slots, new SqlFreezes(), ZoneId.of("Europe/Paris"));

    private Optional<Instant> after(Path folder, DayOfWeek day, String time, String now) {
        try (SqlStore store = Opened.at(folder)) {
            return store.write(Urgency.REQUEST, tx -> {
                slots.insert(tx, new Slot("s", BranchId.MAIN, "c", day, LocalTime.parse(time)));
                return next.after(tx, BranchId.MAIN, List.of("c", "other"), Instant.parse(now));
            });
        }
    }

    @Test
    void a_time_that_is_skipped_does_not_come_that_week(@TempDir Path folder) {
        // 30 March 2031 is a Sunday, on which 2:30 is not.
        assertThat(after(folder, DayOfWeek.SUNDAY, "02:30", "2031-03-29T12:00:00Z"))
                .contains(Instant.parse("2031-04-06T00:30:00Z"));
    }

    @Test
    void of_a_time_that_comes_twice_it_is_the_first(@TempDir Path folder) {
        assertThat(after(folder, DayOfWeek.SUNDAY, "02:30", "2031-10-25T12:00:00Z"))
                .contains(Instant.parse("2031-10-26T00:30:00Z"));
    }

    @Test
    void a_slot_is_after_now(@TempDir Path folder) {
        assertThat(after(folder, DayOfWeek.THURSDAY, "18:30", "2031-06-12T16:30:00Z"))
                .contains(Instant.parse("2031-06-19T16:30:00Z"));
    }
}
