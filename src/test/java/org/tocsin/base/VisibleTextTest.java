package org.tocsin.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
    @Test
    void signs_that_turn_the_direction_are_seen_and_do_nothing() {
        assertThat(VisibleText.of("facture\u202efdp.exe\u202c")).isEqualTo("facture[RLO]fdp.exe[PDF]");
        assertThat(VisibleText.of("\u2066a\u2069\u2067b\u2068\u202a\u202b\u202d"))
                .isEqualTo("[LRI]a[PDI][RLI]b[FSI][LRE][RLE][LRO]");
    }

    @Test
    void a_letter_keeps_as_many_marks_as_can_be_read() {
        assertThat(VisibleText.of("e" + "\u0301".repeat(10_000) + "t")).isEqualTo("e" + "\u0301".repeat(8) + "t");
        assertThat(VisibleText.of("é\u0323 e\u0301 Việt 👨\u200d👩\u200d👧 עִבְרִית"))
                .isEqualTo("é\u0323 e\u0301 Việt 👨\u200d👩\u200d👧 עִבְרִית");
    }
}
