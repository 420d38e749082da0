package org.tocsin.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCleaningTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'a\r\nb\rc\nd','a\nb\nc\nd'",
                "'a\tb','a b'",
                "'a\u0000b\u0007\u009fc\u007f','abc'",
                "'a \u00a0\nb\t\n','a\nb'",
                "'\n\n  a\n\n  b  \n\n','a\n\n  b'",
                "'a\ud800b\udc00','a\ufffdb\ufffd'",
                "'😀','😀'",
                "'e\u0301','e\u0301'",
                "'«\u202fl’été\u202f!\u202f»','«\u202fl’été\u202f!\u202f»'",
                "'\ufeffa\u200b','a'",
                "' \n\u202f\u200b\u0001',''",
                "'',''",
                "'👩\u200d👩\ufe0f','👩\u200d👩\ufe0f'",
            })
    void keeps_what_was_typed_and_removes_what_cannot_be_meant(String typed, String clean) {
        assertThat(TextCleaning.clean(typed)).isEqualTo(clean);
    }

    @Property
    void a_clean_text_is_left_alone_and_survives_utf8(@ForAll String text) {
        String clean = TextCleaning.clean(text);
        assertThat(TextCleaning.clean(clean)).isEqualTo(clean);
        assertThat(new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(clean);
    }
}
