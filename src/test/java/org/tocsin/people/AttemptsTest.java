package org.tocsin.people;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tocsin.base.FaultException;
import org.tocsin.network.TestClock;

/** Who guesses waits, and no longer than he is told. */
class AttemptsTest {
    @Test
    void an_address_waits_until_the_end_of_its_window_and_not_from_its_last_attempt() {
        TestClock clock = new TestClock(Instant.parse("2026-11-26T10:00:00Z"));
        Attempts attempts = new Attempts(clock);
        for (int i = 0; i < 29; i++) {
            attempts.reserve("anna" + i, "192.0.2.1");
        }
        clock.move(Duration.ofMinutes(5).minusSeconds(1));
        attempts.reserve("bea", "192.0.2.1");
        assertThatThrownBy(() -> attempts.reserve("zoe", "192.0.2.1")).isInstanceOf(FaultException.class);
        clock.move(Duration.ofSeconds(1));
        assertThatCode(() -> attempts.reserve("zoe", "192.0.2.1")).doesNotThrowAnyException();
    }
}
