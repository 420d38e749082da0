package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlLetterLines;
import org.tocsin.sql.SqlMailDays;
import org.tocsin.sql.SqlStore;

/** Of the mails of a day each sort has a part that the others cannot take. */
class QuotasTest {
    @ParameterizedTest
    @CsvSource({"10000, 9000, 9500", "500, 450, 475", "100, 50, 75", "50, 0, 25", "10, 0, 5", "1, 0, 0"})
    void newsletters_leave_room_for_confirmations_and_these_for_alerts(int quota, int newsletters, int signUps) {
        assertThat(Quotas.shared(quota)).isEqualTo(newsletters);
        assertThat(Quotas.ofSignUps(quota)).isEqualTo(signUps);
    }

    @Test
    void what_newsletters_may_not_send_themselves_is_not_taken_from_the_others(@TempDir Path folder) {
        LocalDate day = LocalDate.of(2026, 11, 28);
        Instant now = Instant.parse("2026-11-28T10:00:00Z");
        try (SqlStore store = Opened.at(folder)) {
            Quotas quotas = new Quotas(new SqlMailDays(), new SqlLetterLines(), 1000, 3, ZoneOffset.UTC);
            for (int i = 0; i < 10; i++) {
                boolean left = i < 3;
                assertThat(store.write(Urgency.DELIVERY, tx -> quotas.take(tx, now))
                                .isEmpty())
                        .isEqualTo(left);
            }
            assertThat(store.<String>read(tx -> Opened.text(tx, "select sent from mail_day where day = '" + day + "'")))
                    .isEqualTo("3");
        }
    }
}
