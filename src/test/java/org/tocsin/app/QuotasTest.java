package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the mails of a day each sort has a part that the others cannot take. */
class QuotasTest {
    @ParameterizedTest
    @CsvSource({"10000, 9000, 9500", "500, 450, 475", "100, 50, 75", "50, 0, 25", "10, 0, 5", "1, 0, 0"})
    void newsletters_leave_room_for_confirmations_and_these_for_alerts(int quota, int newsletters, int signUps) {
        assertThat(Quotas.shared(quota)).isEqualTo(newsletters);
        assertThat(Quotas.ofSignUps(quota)).isEqualTo(signUps);
    }
}
