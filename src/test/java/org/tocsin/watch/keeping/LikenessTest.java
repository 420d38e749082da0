package org.tocsin.watch.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tells the same story, by hand-made pairs and by property. */
class LikenessTest {
    /** What a town's feeds say every day. */
    private static final Set<String> COMMON = Set.of(
            ("ville maire conseil commune communes travaux ferme ecole plan council school line road homes power city ligne"
                            + " greve incendie accident blesses samedi lundi")
                    .split(" "));

    private static List<String> words(String text) {
        return Arrays.stream(Normalizer.normalize(text, Normalizer.Form.NFD)
                        .replaceAll("\\p{M}", "")
                        .toLowerCase(Locale.ROOT)
                        .split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Headline headline(String text) {
        return Headline.of(words(text), word -> COMMON.contains(word) ? 0.05 : 0.001, 0.01);
    }

    private static boolean same(String before, String after) {
        Headline known = headline(before);
        Headline now = headline(after);
        return IntStream.of(now.rarest())
                        .anyMatch(own -> IntStream.of(known.rarest()).anyMatch(word -> own == word))
                && now.alike(known);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Incendie à l'usine Lubrizol de Rouen : trois communes confinées | Rouen : un incendie à l'usine Lubrizol, des communes confinées
            La piscine municipale de Saint-Denis ferme pour travaux jusqu'en juin | Saint-Denis : la piscine municipale fermée pour travaux
            Grève des éboueurs à Marseille : les poubelles débordent | Marseille : les poubelles débordent après la grève des éboueurs
            Le pont Chaban-Delmas fermé ce week-end à Bordeaux | Bordeaux : fermeture du pont Chaban-Delmas ce week-end
            Rouen : le feu ravage une usine chimique, habitants appelés à rester confinés | Incendie dans une usine chimique de Rouen, les habitants confinés
            Council approves plan for new tram line through Leith Walk | Tram line through Leith Walk approved by council
            Storm Ciarán leaves thousands of homes without power in Brittany | Thousands without power in Brittany after Storm Ciarán
            """)
    void two_headlines_of_one_story_are_one(String before, String after) {
        assertThat(same(before, after)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            La piscine municipale de Saint-Denis ferme pour travaux | La médiathèque de Saint-Denis organise un concert samedi
            Incendie à l'usine Lubrizol de Rouen | Incendie à l'usine Lubrizol de Rouen : le préfet ordonne l'évacuation, ouvriers disparus
            Accident sur la rocade de Villabé : 3 blessés | Accident sur la rocade de Villabé : 12 blessés
            Conseil de Plouzané : travaux de la ligne 4 | Conseil de Plouzané : travaux de la ligne 9
            Council approves plan for new tram line on Leith road | Council rejects plan for new school line on Leith road
            Travaux à l'école de la commune : le maire ferme la ville lundi | Travaux à l'école de la commune : le maire ferme la ville samedi
            Storm Ciarán: schools shut in Cornwall | Storm Ciarán: trains cancelled across Normandy, ferries delayed
            """)
    void two_stories_and_what_is_new_in_one_are_two(String before, String after) {
        assertThat(same(before, after)).isFalse();
    }

    @Test
    void few_words_are_no_headline_and_no_likeness() {
        Traits few = new Traits(
                Likeness.of(words("un deux trois quatre cinq six sept huit neuf dix onze")),
                headline("Merci beaucoup Rouen"));
        assertThat(few.marks()).isEmpty();
        assertThat(few.hash()).isNull();
    }

    @Test
    void what_is_written_of_a_text_stays_what_it_is_and_is_read_again() {
        Traits traits = new Traits(
                Likeness.of(words("un deux trois quatre cinq six sept huit neuf dix onze douze")),
                headline("Accident à l'usine Lubrizol de Rouen : 12 blessés"));
        assertThat(traits.written())
                .isEqualTo("2ef3168b02bdc003/9f0c08989dfade3774:5a0fea989dfa9f0c08de3774ff92d9:7637cc");
        assertThat(Traits.read(traits.written())).isEqualTo(traits);
        assertThat(traits.marks()).hasSize(4 + 3);
        Traits headline = new Traits(null, headline("Incendie à l'usine Lubrizol de Rouen"));
        assertThat(Traits.read(headline.written())).isEqualTo(headline);
        assertThat(Traits.read(Traits.NONE.written())).isEqualTo(Traits.NONE);
        assertThatThrownBy(() -> Traits.read("00ff")).isInstanceOf(IllegalArgumentException.class);
    }

    /** However three bits lie, one band is untouched. */
    @Property(tries = 500)
    void what_differs_in_three_bits_has_a_band_in_common(@ForAll long hash, @ForAll @Size(3) List<Integer> bits) {
        long other = hash;
        for (int bit : bits) {
            other ^= 1L << bit;
        }
        long different = hash ^ other;
        assertThat(IntStream.range(0, 4).anyMatch(band -> (different >>> (16 * band) & 0xFFFF) == 0))
                .isTrue();
    }

    /** Long texts that differ in the last word are alike nearly always, and texts of other words never. */
    @Property(tries = 200)
    void a_word_more_changes_little_and_other_words_change_all(
            @ForAll @Size(min = 120, max = 200)
                    List<@StringLength(min = 3, max = 9) @CharRange(from = 'a', to = 'z') String> text) {
        List<String> reversed = text.reversed();
        List<String> shorter = text.subList(0, text.size() - 1);
        assertThat(Long.bitCount(Likeness.hash(text) ^ Likeness.hash(shorter))).isLessThanOrEqualTo(12);
        if (Set.copyOf(text).size() > 100) {
            assertThat(Long.bitCount(Likeness.hash(text) ^ Likeness.hash(reversed)))
                    .isGreaterThan(Likeness.MOST_BITS);
        }
    }
}
