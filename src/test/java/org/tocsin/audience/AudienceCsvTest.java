package org.tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.AudienceCsv.Figure;
import org.tocsin.audience.AudienceCsv.Row;
import org.tocsin.audience.AudienceCsv.Table;
import org.tocsin.audience.AudienceCsv.Unreadable;
import org.tocsin.audience.AudienceSnapshot.Origin;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

class AudienceCsvTest {
    private static final LocalDate DAY = LocalDate.of(2025, 3, 31);

    private static String code(Row row) {
        return ((Unreadable) row).why().code();
    }

    private static void refused(String table, Kind kind, String code) {
        assertThatThrownBy(() -> AudienceCsv.read(table, false).rows())
                .isInstanceOfSatisfying(FaultException.class, fault -> {
                    assertThat(fault.kind()).isEqualTo(kind);
                    assertThat(fault.faults().getFirst().message().code()).isEqualTo(code);
                });
    }

    @Test
    void what_is_written_is_read_again() {
        List<AudienceSnapshot> snapshots = List.of(
                new AudienceSnapshot("mast", DAY, Instant.EPOCH, 2418, Origin.MEASURED),
                new AudienceSnapshot("x", DAY, Instant.EPOCH, 0, Origin.IMPORTED));
        String table = AudienceCsv.write(snapshots);
        assertThat(table)
                .isEqualTo(String.join(
                        "\r\n",
                        "channel,date,followers,origin,net",
                        "mast,2025-03-31,2418,MEASURED,",
                        "x,2025-03-31,0,IMPORTED,",
                        ""));
        assertThat(AudienceCsv.read(table, false).rows())
                .containsExactly(new Figure(2, "mast", DAY, 2418), new Figure(3, "x", DAY, 0));
    }

    @Test
    void a_day_brings_what_it_has_more_than_the_day_before_and_a_gap_says_nothing() {
        assertThat(AudienceCsv.write(List.of(
                                snapshot("a", 0, 10), snapshot("a", 1, 8), snapshot("a", 3, 9), snapshot("b", 4, 50)))
                        .lines()
                        .map(line -> line.substring(line.lastIndexOf(',') + 1)))
                .containsExactly("net", "", "-2", "", "");
    }

    private static AudienceSnapshot snapshot(String channel, int day, long followers) {
        return new AudienceSnapshot(
                channel, DAY.plusDays(day), Instant.EPOCH, followers, AudienceSnapshot.Origin.MEASURED);
    }

    @Test
    void it_is_read_as_spreadsheets_write_it() {
        Figure row = new Figure(2, "mast", DAY, 12418);
        assertThat(AudienceCsv.read("\uFEFFcanal;jour;abonnés\r\nmast;2025-03-31;12\u202f418\r\n", false)
                        .rows())
                .containsExactly(row);
        assertThat(AudienceCsv.read("Date\tFollowers\tChannel\n2025-03-31\t12 418\tmast", false)
                        .rows())
                .containsExactly(row);
        assertThat(AudienceCsv.read("note,followers,channel,date\n\"a, \"\"b\"\"\",12418, mast ,2025-03-31\n", false)
                        .rows())
                .containsExactly(row);
        assertThat(AudienceCsv.read("channel,date,followers\n\n\nmast,2025-03-31,12418\n\n", false)
                        .rows())
                .hasSize(1);
    }

    @Test
    void a_row_that_cannot_be_read_is_told_with_its_line_and_harms_no_other() {
        List<Row> rows = AudienceCsv.read("""
                channel,date,followers
                ,2025-03-31,5
                mast,31/02/2025,5
                mast,2025-02-30,5
                mast,2025-03-31,-5
                mast,2025-03-31,5.5
                mast,2025-03-31,
                mast,2025-03-31
                mast,2025-03-31,99999999999
                mast,2025-03-31,1 23
                mast,2025-03-31,7
                """, false).rows();
        assertThat(rows.subList(0, 9)).allSatisfy(row -> assertThat(row).isInstanceOf(Unreadable.class));
        assertThat(rows.subList(0, 4).stream().map(AudienceCsvTest::code))
                .containsExactly(
                        "audience.csv.channel", "audience.csv.date", "audience.csv.date", "audience.csv.followers");
        assertThat(rows).extracting(Row::line).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(rows.getLast()).isEqualTo(new Figure(11, "mast", DAY, 7));
    }

    private static Table days(boolean dayFirst, String... days) {
        return AudienceCsv.read(
                "channel,date,followers\n"
                        + Stream.of(days).map(day -> "mast," + day + ",5\n").collect(Collectors.joining()),
                dayFirst);
    }

    @Test
    void days_are_read_with_the_day_first_where_that_is_plain() {
        LocalDate june = LocalDate.of(2026, 6, 5);
        assertThat(days(false, "5.6.2026", "05.06.2026", "2026-06-05").rows())
                .extracting(row -> ((Figure) row).day())
                .containsOnly(june);
        assertThat(days(false, "5.6.2026").order())
                .as("dots are read in one way only")
                .isNull();
        for (Table read : List.of(days(true, "05/06/2026"), days(false, "05/06/2026", "26/11/2025"))) {
            assertThat(((Figure) read.rows().getFirst()).day()).isEqualTo(june);
            assertThat(read.order())
                    .isEqualTo(Message.of("audience.csv.day-first", "value", "05/06/2026", "day", june));
        }
    }

    @Test
    void a_table_whose_days_can_be_read_both_ways_is_refused_where_the_reader_may_mean_either() {
        assertThatThrownBy(() -> days(false, "2026-06-05", "05/06/2026"))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        fault -> assertThat(fault.faults().getFirst().message())
                                .isEqualTo(Message.of("audience.csv.ambiguous", "value", "05/06/2026")));
        for (boolean dayFirst : new boolean[] {true, false}) {
            Table american = days(dayFirst, "05/06/2026", "11/26/2025", "2026-06-05");
            assertThat(american.rows().subList(0, 2))
                    .extracting(AudienceCsvTest::code)
                    .containsOnly("audience.csv.month-first");
            assertThat(american.rows().getLast()).isInstanceOf(Figure.class);
            assertThat(american.order()).isNull();
        }
    }

    @Test
    void what_is_no_such_table_is_refused_as_a_whole() {
        refused("", Kind.INVALID, "audience.csv.header");
        refused("{}", Kind.INVALID, "audience.csv.header");
        refused("mast,2025-03-31,5\n", Kind.INVALID, "audience.csv.header");
        refused("channel,date,followers\n\"mast,2025-03-31,5\n", Kind.INVALID, "audience.csv.broken");
        refused("channel,date,followers\n\"mast\"x,2025-03-31,5\n", Kind.INVALID, "audience.csv.broken");
        refused(
                "channel,date,followers\n" + "mast,2025-03-31,5\n".repeat(AudienceCsv.MOST_ROWS + 1),
                Kind.TOO_LARGE,
                "audience.csv.rows");
    }
}
