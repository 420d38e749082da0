package org.tocsin.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quiet hours go by the clock on the wall, also when that is put forward or back. */
class QuietHoursTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @ParameterizedTest
    @CsvSource({
        // Over midnight, in winter.
        "22:00, 07:00, 2026-12-01T20:59:59Z, ",
        "22:00, 07:00, 2026-12-01T21:00:00Z, 2026-12-02T06:00:00Z",
        "22:00, 07:00, 2026-12-02T05:59:59Z, 2026-12-02T06:00:00Z",
        "22:00, 07:00, 2026-12-02T06:00:00Z, ",
        // Within one day.
        "12:00, 14:00, 2026-12-01T11:30:00Z, 2026-12-01T13:00:00Z",
        "12:00, 14:00, 2026-12-01T13:00:00Z, ",
        // The night in which the clocks go forward is an hour shorter, the one in which they go back an hour longer.
        "22:00, 07:00, 2027-03-27T21:00:00Z, 2027-03-28T05:00:00Z",
        "22:00, 07:00, 2026-10-24T20:00:00Z, 2026-10-25T06:00:00Z",
        // Half past two is skipped: the hours end at three, the next time that there is.
        "22:00, 02:30, 2027-03-27T23:00:00Z, 2027-03-28T01:00:00Z",
        // Half past two comes twice: who is quiet until then has slept at the first, and is not quiet again an hour
        // later for ever.
        "22:00, 02:30, 2026-10-25T00:15:00Z, 2026-10-25T00:30:00Z",
        "22:00, 02:30, 2026-10-25T01:15:00Z, 2026-10-25T01:30:00Z",
    })
    void quiet_hours_end_when_the_clock_on_the_wall_says_so(LocalTime from, LocalTime to, Instant now, Instant end) {
        assertThat(new QuietHours(from, to).end(now, PARIS).orElse(null)).isEqualTo(end);
    }

    @Test
    void rhythms_are_due_at_the_full_hour_or_in_the_morning() {
        Instant now = Instant.parse("2026-11-26T12:34:56Z");
        assertThat(Rhythm.INSTANT.due(now, PARIS)).isEqualTo(now);
        assertThat(new Rhythm(Rhythm.Mode.HOURLY, 0).due(now, PARIS)).isEqualTo("2026-11-26T13:00:00Z");
        assertThat(new Rhythm(Rhythm.Mode.DAILY, 0).due(now, PARIS)).isEqualTo("2026-11-27T07:00:00Z");
        assertThat(new Rhythm(Rhythm.Mode.DAILY, 0).due(Instant.parse("2026-11-26T05:00:00Z"), PARIS))
                .isEqualTo("2026-11-26T07:00:00Z");
        // The morning of the day on which the clocks go forward.
        assertThat(new Rhythm(Rhythm.Mode.DAILY, 0).due(Instant.parse("2027-03-27T12:00:00Z"), PARIS))
                .isEqualTo("2027-03-28T06:00:00Z");
    }
}
