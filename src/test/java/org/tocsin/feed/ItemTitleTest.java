package org.tocsin.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.network.LinkCard;
import org.tocsin.post.Graphemes;

class ItemTitleTest {
    private static final LinkCard CARD = new LinkCard("https://exemple.fr/a", "L’agenda de la ville", "", null);

    private static String title(String text) {
        return ItemTitle.of(text.replace("\\n", "\n"), CARD, Locale.FRENCH, "Ville");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Réunion publique jeudi 20 h\\nsuite | Réunion publique jeudi 20 h",
                "Réunion publique jeudi https://exemple.fr/a | Réunion publique jeudi",
                "Salle des fêtes (https://exemple.fr/a). Venez | Salle des fêtes. Venez",
                "Lisez l’ordre du jour sur https://exemple.fr/a. | Lisez l’ordre du jour sur.",
                "https://exemple.fr/a | L’agenda de la ville",
                "À lire : https://exemple.fr/a | L’agenda de la ville",
                "https://exemple.fr/a\\nUne première ligne sans lien | Une première ligne sans lien"
            })
    void the_authors_words_come_first_and_the_pages_title_where_there_are_hardly_any(String text, String title) {
        assertThat(title(text)).isEqualTo(title);
    }

    @Test
    void a_long_line_ends_with_a_sentence_or_a_word() {
        String sentence = "Le conseil municipal se réunit jeudi soir à la salle des fêtes. ";
        assertThat(title(sentence + sentence)).isEqualTo(sentence.strip());
        assertThat(title("M. Dupont " + "parle longuement ".repeat(10)))
                .startsWith("M. Dupont parle")
                .endsWith("longuement…")
                .satisfies(title -> assertThat(Graphemes.count(title)).isBetween(60, 80));
        String family = "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        assertThat(title("Famille et amis " + family.repeat(100))).doesNotContain("\uFFFD");
        assertThat(title("a" + family.repeat(100))).isEqualTo("a" + family.repeat(78) + "…");
    }

    @Test
    void there_is_always_a_title() {
        assertThat(ItemTitle.of("https://exemple.fr/a", null, Locale.FRENCH, "Ville"))
                .isEqualTo("https://exemple.fr/a");
        assertThat(ItemTitle.of("\uD83D\uDE00", null, Locale.FRENCH, "Ville")).isEqualTo("\uD83D\uDE00");
        assertThat(ItemTitle.of("", null, Locale.FRENCH, "Ville")).isEqualTo("Ville");
    }
}
