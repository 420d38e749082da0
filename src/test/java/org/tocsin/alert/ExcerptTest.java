package org.tocsin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.watch.Hit;

/** What rang is shown, wherever it stands. */
class ExcerptTest {
    private static final String LONG = "Rien de neuf. ".repeat(300);

    private static HeardItem item(String text) {
        return HeardSamples.post("1", text);
    }

    private static List<Hit> hits(String text, String word) {
        int at = text.indexOf(word);
        return List.of(new Hit(Hit.Field.TEXT, at, at + word.length()));
    }

    @Test
    void a_word_far_down_in_an_article_is_shown() {
        String text = LONG + "La piscine ferme. " + LONG;
        String shown = Excerpt.of(item(text), hits(text, "piscine"), 240);
        assertThat(shown).contains("La piscine ferme.").startsWith("…").hasSizeLessThanOrEqualTo(240);
        assertThat(Excerpt.words(item(text), hits(text, "piscine"))).isEqualTo("piscine");
    }

    @Test
    void a_word_at_the_beginning_leaves_the_beginning() {
        String text = "La piscine ferme. " + LONG;
        assertThat(Excerpt.of(item(text), hits(text, "piscine"), 240)).startsWith("La piscine ferme.");
    }

    @Test
    void what_was_cut_short_since_has_no_words_any_more() {
        List<Hit> hits = hits("La piscine ferme.", "piscine");
        assertThat(Excerpt.words(item("La."), hits)).isEmpty();
        assertThat(Excerpt.of(item("La."), hits, 240)).isEqualTo("La.");
    }
}
