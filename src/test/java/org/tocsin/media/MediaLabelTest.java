package org.tocsin.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaLabelTest {
    @ParameterizedTest
    @CsvSource({
        "photo.jpg, photo.jpg",
        "Été à Paris 🇫🇷.png, Été à Paris 🇫🇷.png",
        "../../etc/passwd, passwd",
        "C:\\Users\\eve\\photo.jpg, photo.jpg",
        "..%2f..%2fetc, ..%2f..%2fetc",
        "'a\u0000b\nc\u001B', abc",
        "'gpj.\u202Eexe', gpj.exe",
        "'\u2066x\u2069\u200B\uFEFF', x",
        "'x\uD800', x",
        "'', image",
        "..., image",
        "/, image",
        "CON, CON",
    })
    void a_name_is_only_ever_a_harmless_label(String raw, String label) {
        assertThat(MediaLabel.of(raw).value()).isEqualTo(label);
    }

    @Test
    void a_long_name_is_cut_between_characters() {
        String family = "👨‍👩‍👧";
        assertThat(MediaLabel.of("x" + family.repeat(100)).value())
                .isEqualTo("x" + family.repeat(14))
                .hasSizeLessThanOrEqualTo(120);
        assertThat(MediaLabel.of("a".repeat(300)).value()).hasSize(120);
    }
}
