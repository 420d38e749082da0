package org.tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.AudienceCsv.Figure;
import org.tocsin.audience.AudienceCsv.Row;
import org.tocsin.audience.AudienceCsv.Unreadable;
import org.tocsin.audience.AudienceSnapshot.Origin;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;

class AudienceCsvTest {
    private static final LocalDate DAY = LocalDate.of(2025, 3, 31);

    private static String code(Row row) {
        return ((Unreadable) row).why().code();
    }

    private static void refused(String table, Kind kind, String code) {
        assertThatThrownBy(() -> AudienceCsv.read(table)).isInstanceOfSatisfying(FaultException.class, fault -> {
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
                        "channel,date,followers,origin",
                        "mast,2025-03-31,2418,MEASURED",
                        "x,2025-03-31,0,IMPORTED",
                        ""));
        assertThat(AudienceCsv.read(table))
                .containsExactly(new Figure(2, "mast", DAY, 2418), new Figure(3, "x", DAY, 0));
    }

    @Test
    void it_is_read_as_spreadsheets_write_it() {
        Figure row = new Figure(2, "mast", DAY, 12418);
        assertThat(AudienceCsv.read("\uFEFFcanal;jour;abonnés\r\nmast;2025-03-31;12\u202f418\r\n"))
                .containsExactly(row);
        assertThat(AudienceCsv.read("Date\tFollowers\tChannel\n2025-03-31\t12 418\tmast"))
                .containsExactly(row);
        assertThat(AudienceCsv.read("note,followers,channel,date\n\"a, \"\"b\"\"\",12418, mast ,2025-03-31\n"))
                .containsExactly(row);
        assertThat(AudienceCsv.read("channel,date,followers\n\n\nmast,2025-03-31,12418\n\n"))
                .hasSize(1);
    }

    @Test
    void a_row_that_cannot_be_read_is_told_with_its_line_and_harms_no_other() {
        List<Row> rows = AudienceCsv.read("""
                channel,date,followers
                ,2025-03-31,5
                mast,31/03/2025,5
                mast,2025-02-30,5
                mast,2025-03-31,-5
                mast,2025-03-31,5.5
                mast,2025-03-31,
                mast,2025-03-31
                mast,2025-03-31,99999999999
                mast,2025-03-31,1 23
                mast,2025-03-31,7
                """);
        assertThat(rows.subList(0, 9)).allSatisfy(row -> assertThat(row).isInstanceOf(Unreadable.class));
        assertThat(rows.subList(0, 4).stream().map(AudienceCsvTest::code))
                .containsExactly(
                        "audience.csv.channel", "audience.csv.date", "audience.csv.date", "audience.csv.followers");
        assertThat(rows).extracting(Row::line).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(rows.getLast()).isEqualTo(new Figure(11, "mast", DAY, 7));
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
