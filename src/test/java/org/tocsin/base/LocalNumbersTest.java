package org.tocsin.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class LocalNumbersTest {
    @Test
    void they_are_written_as_the_language_writes_them() {
        assertThat(LocalNumbers.text(2418, Locale.FRENCH)).isEqualTo("2\u202f418");
        assertThat(LocalNumbers.text(1_234_567, Locale.CANADA_FRENCH)).isEqualTo("1\u202f234\u202f567");
        assertThat(LocalNumbers.text(2418, Locale.ENGLISH)).isEqualTo("2,418");
        assertThat(LocalNumbers.text(0, Locale.GERMAN)).isEqualTo("0");
    }

    @Test
    void a_sign_is_a_sign() {
        assertThat(LocalNumbers.signed(312, Locale.FRENCH)).isEqualTo("+312");
        assertThat(LocalNumbers.signed(-1096, Locale.FRENCH)).isEqualTo("\u22121\u202f096");
        assertThat(LocalNumbers.signed(0, Locale.ENGLISH)).isEqualTo("0");
        assertThat(LocalNumbers.percent(14.84, Locale.FRENCH)).isEqualTo("+14,8\u202f%");
        assertThat(LocalNumbers.percent(-1.2, Locale.ENGLISH)).isEqualTo("\u22121.2%");
    }
}
