package org.tocsin.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.base.FaultException;

/** Local times, on the nights when the clocks change as well. */
class ScheduleTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T18:30,    2026-12-01T17:30:00Z",
        "2026-12-01 18:30:15, 2026-12-01T17:30:15Z",
        "2027-10-31T02:30,    2027-10-31T00:30:00Z",
        "2027-10-31T03:00,    2027-10-31T02:00:00Z"
    })
    void a_local_time_is_read_and_one_that_comes_twice_is_its_first(String local, Instant at) {
        assertThat(Schedule.instant("/at", local, PARIS)).isEqualTo(at);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-10-31T02:30+02:00, 2027-10-31T00:30:00Z",
        "2027-10-31T02:30+01:00, 2027-10-31T01:30:00Z",
        "2027-10-31T02:30Z,      2027-10-31T02:30:00Z"
    })
    void a_time_with_its_offset_is_that_one(String written, Instant at) {
        assertThat(Schedule.instant("/at", written, PARIS)).isEqualTo(at);
        assertThat(Schedule.latest("/at", written, PARIS)).isEqualTo(at);
        assertThat(Schedule.twice(written, PARIS)).isEmpty();
    }

    @Test
    void whoever_writes_a_time_that_comes_twice_is_told_which_was_taken() {
        assertThat(Schedule.latest("/until", "2027-10-31T02:30", PARIS)).isEqualTo("2027-10-31T01:30:00Z");
        assertThat(Schedule.twice("2027-10-31 02:30", PARIS))
                .hasValueSatisfying(said -> assertThat(said.args())
                        .containsEntry("first", "2027-10-31T02:30+02:00")
                        .containsEntry("second", "2027-10-31T02:30+01:00"));
        assertThat(Schedule.twice("2027-10-31T03:30", PARIS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-28T02:30, publishing.time.skipped",
        "2027-02-29T10:00, publishing.time.unreadable",
        "18:30,            publishing.time.unreadable",
        "2027-03-28T24:00, publishing.time.unreadable"
    })
    void a_time_that_does_not_exist_is_refused(String local, String code) {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> Schedule.instant("/at", local, PARIS))
                .satisfies(fault ->
                        assertThat(fault.faults().getFirst().message().code()).isEqualTo(code));
    }

    @Test
    void a_time_is_ahead_and_within_five_years() {
        Instant now = Instant.parse("2026-12-01T10:00:00Z");
        Schedule.future("/at", "", now.plusSeconds(1), now);
        for (Instant wrong : new Instant[] {now, now.minusSeconds(1), Instant.parse("2032-01-01T00:00:00Z")}) {
            assertThatExceptionOfType(FaultException.class).isThrownBy(() -> Schedule.future("/at", "", wrong, now));
        }
    }
}
