package org.tocsin.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.BitSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphemesTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "abc, 3",
        "👨‍👩‍👧‍👦, 1",
        "👨‍👩‍👧‍👦👨‍👩‍👧‍👦, 2",
        "🇫🇷🇩🇪, 2",
        "🇫🇷🇩, 2",
        "1️⃣2️⃣, 2",
        "👍🏽👍🏽, 2",
        "❤️‍🔥, 1",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿, 1",
        "'e\u0301e\u0301', 2",
        "'\u1112\u1161\u11ab\u1100\u1173\u11af', 2",
        "한글, 2",
        "नमस्ते, 3",
        "'a\r\nb', 3",
        "'\r\n', 1",
        "'\n\r', 2",
        "'\u0301', 1",
        "'«\u202foui\u202f!\u202f»', 9",
        "'l’élu·e…', 8",
        "©️, 1",
    })
    void counts_what_a_reader_sees(String text, int expected) {
        assertThat(Graphemes.count(text)).isEqualTo(expected);
        assertThat(Graphemes.boundaries(text).cardinality()).isEqualTo(expected + 1);
    }

    @Property
    void agrees_with_the_break_iterator_of_the_platform(@ForAll("texts") String text) {
        BitSet expected = new BitSet();
        BreakIterator iterator = BreakIterator.getCharacterInstance();
        iterator.setText(text);
        for (int at = iterator.first(); at != BreakIterator.DONE; at = iterator.next()) {
            expected.set(at);
        }
        assertThat(Graphemes.boundaries(text)).isEqualTo(expected);
        assertThat(Graphemes.count(text)).isEqualTo(expected.cardinality() - 1);
    }

    @Property
    void a_prefix_is_what_it_says(@ForAll("texts") String text) {
        assertThat(text).startsWith(Graphemes.prefix(text, 3));
        assertThat(Graphemes.count(Graphemes.prefix(text, 3))).isEqualTo(Math.min(3, Graphemes.count(text)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", " ", "\r", "\n", "é", "e\u0301", "\u0301", "\u200d", "\u200b", "\u00ad", "©", "\ufe0f",
                        "👩", "🏽", "🇫", "1", "\u20e3", "\u1112", "\u1161", "\u11ab", "각", "क", "्", "ि", "\u0600",
                        "«", "\u202f", "’", "…", "€", "‼", "🎉")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
