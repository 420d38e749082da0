package org.tocsin.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final String KEY = Totp.encode("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    @ParameterizedTest
    @CsvSource({"59,287082", "1111111109,081804", "1111111111,050471", "1234567890,005924", "2000000000,279037"})
    void codes_are_those_of_rfc_6238_appendix_b(long seconds, String code) {
        assertThat(Totp.code(KEY, seconds / 30)).isEqualTo(code);
        assertThat(Totp.step(KEY, code, Instant.ofEpochSecond(seconds), 0)).hasValue(seconds / 30);
    }

    @Test
    void a_code_is_taken_a_step_early_or_late_and_never_twice() {
        String code = Totp.code(KEY, 100);
        assertThat(Totp.step(KEY, code, Instant.ofEpochSecond(99 * 30), 0)).hasValue(100);
        assertThat(Totp.step(KEY, code, Instant.ofEpochSecond(101 * 30 + 29), 0))
                .hasValue(100);
        assertThat(Totp.step(KEY, code, Instant.ofEpochSecond(102 * 30), 0)).isEmpty();
        assertThat(Totp.step(KEY, code, Instant.ofEpochSecond(98 * 30), 0)).isEmpty();
        assertThat(Totp.step(KEY, code, Instant.ofEpochSecond(100 * 30), 100)).isEmpty();
    }

    @Test
    void keys_are_written_as_apps_read_them() {
        assertThat(Totp.encode("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
        assertThat(KEY).hasSize(32);
    }
}
