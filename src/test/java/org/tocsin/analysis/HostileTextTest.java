package org.tocsin.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.fr.FrenchMinimalStemFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent is read: no exception, offsets that lie in the text, bounded work, and the words beside the noise are found. */
class HostileTextTest {
    private final Analysis analysis = new Analysis();

    private static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("lone surrogates", "ville \ud83d \udc4d\ud83d fin", "fin"),
                Arguments.of("a megabyte of combining marks", "fin e" + "\u0301".repeat(1_000_000), "fin"),
                Arguments.of("marks one by one", "fin " + "e\u0301".repeat(300_000), "fin"),
                Arguments.of("joiners", "fin " + "\u200d".repeat(150_000) + " mairie", "mairie"),
                Arguments.of("joined pictures", "fin " + "👩\u200d".repeat(40_000), "fin"),
                Arguments.of("directions", "\u202e\u2066ma\u202eirie\u2069 fin", "mairie"),
                Arguments.of("a NUL in a word", "mai\u0000rie", "mairie"),
                Arguments.of("a word of a hundred thousand letters", "avant " + "a".repeat(100_000) + " fin", "fin"),
                Arguments.of("a chain of hyphens", "fin " + "a-".repeat(90_000) + "b", "fin"),
                Arguments.of("a chain of dots", "fin " + "ab.".repeat(60_000) + "b", "fin"),
                Arguments.of("apostrophes", "fin " + "l'".repeat(90_000) + "b", "fin"),
                Arguments.of("signs of handles", "fin " + "@a@b ".repeat(40_000), "fin"),
                Arguments.of("signs of tags", "fin " + "#".repeat(190_000), "fin"),
                Arguments.of("a tag of capitals", "fin #" + "aB".repeat(90_000), "fin"),
                Arguments.of("inclusive endings", "fin citoyen" + "·e".repeat(90_000), "fin"),
                Arguments.of("links", "fin " + "http://a(".repeat(20_000), "fin"),
                Arguments.of("identifiers", "fin " + "did:".repeat(40_000), "fin"),
                Arguments.of("signs without blanks", "fin " + "語".repeat(150_000), "fin"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void is_read_and_the_words_beside_it_are_found(String name, String text, String word) {
        long started = System.nanoTime();
        Tokens tokens = analysis.text(text);
        // The bound of the hostile list; it takes some milliseconds, and work that grows with the square takes minutes.
        assertThat((System.nanoTime() - started) / 1_000_000_000).as(name).isLessThan(2);
        assertThat(tokens.tokens()).extracting(Token::form).contains(word);
        assertSound(tokens, text);
    }

    @Test
    void a_text_beyond_the_limit_is_cut_and_says_so() {
        Tokens tokens = analysis.text("mot ".repeat(Analysis.LONGEST));
        assertThat(tokens.cut()).isTrue();
        assertThat(tokens.positions()).isEqualTo(Analysis.LONGEST / 4);
        assertThat(analysis.text("mot").cut()).isFalse();
    }

    @Test
    void a_word_that_is_too_long_keeps_its_position() {
        Tokens tokens = analysis.text("avant " + "a".repeat(1000) + " fin");
        assertThat(ConformanceTest.tokens(tokens)).isEqualTo("0:avant 2:fin");
    }

    @Property(tries = 2000)
    void any_text_gives_sound_tokens(@ForAll @StringLength(max = 60) String text) {
        assertSound(analysis.text(text), text);
        assertThat(analysis.text(text)).isEqualTo(analysis.text(text));
    }

    @Property(tries = 500)
    void a_form_is_found_again_by_itself(@ForAll @StringLength(max = 12) String text) {
        for (Token token : analysis.text(text).tokens()) {
            // A picture is looked up as it is.
            if (token.form().codePoints().anyMatch(Character::isLetter)) {
                assertThat(analysis.fold(token.form())).isEqualTo(token.form());
            }
        }
    }

    private static void assertSound(Tokens tokens, String text) {
        int last = 0;
        for (Token token : tokens.tokens()) {
            assertThat(token.position()).isGreaterThanOrEqualTo(last);
            assertThat(token.next()).isLessThanOrEqualTo(tokens.positions());
            assertThat(token.form()).isNotEmpty().hasSizeLessThanOrEqualTo(Analysis.LONGEST_TOKEN * 2);
            assertThat(token.start()).isNotNegative().isLessThan(token.end());
            assertThat(token.end()).isLessThanOrEqualTo(text.length());
            last = token.position();
        }
    }

    @Test
    void offsets_lead_back_to_what_was_written() {
        String text = "Vi\u200blle de «\u00a0Saint-Étienne\u00a0», l’école\u202e #ÉcolePublique 👍🏽";
        List<String> written = analysis.text(text).tokens().stream()
                .map(token -> text.substring(token.start(), token.end()))
                .toList();
        assertThat(written)
                .containsExactly(
                        "Vi\u200blle",
                        "de",
                        "Saint",
                        "Saint-Étienne",
                        "Étienne",
                        "école",
                        "#ÉcolePublique",
                        "ÉcolePublique",
                        "École",
                        "Publique",
                        "👍🏽",
                        "👍🏽");
    }

    @ParameterizedTest
    @MethodSource("words")
    void the_light_stem_is_that_of_lucene(String word) throws Exception {
        KeywordTokenizer source = new KeywordTokenizer();
        source.setReader(new java.io.StringReader(word));
        try (FrenchMinimalStemFilter filter = new FrenchMinimalStemFilter(source)) {
            CharTermAttribute term = filter.addAttribute(CharTermAttribute.class);
            filter.reset();
            filter.incrementToken();
            assertThat(LightStem.of(word)).isEqualTo(term.toString());
        }
    }

    private static Stream<String> words() {
        return Stream.of(
                "subventions",
                "journaux",
                "chevaux",
                "genoux",
                "mairie",
                "mairies",
                "inondations",
                "inonder",
                "grosses",
                "ville",
                "citoyennes",
                "payer",
                "aux",
                "nationaux",
                "elections",
                "pannelle",
                "annees");
    }
}
