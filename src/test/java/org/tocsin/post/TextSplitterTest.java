package org.tocsin.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.FaultException;

class TextSplitterTest {
    private static final SplitOptions FRENCH = SplitOptions.of(Locale.FRENCH);

    private static List<String> split(String text, int limit) {
        return split(text, limit, FRENCH);
    }

    private static List<String> split(String text, int limit, SplitOptions options) {
        TextRule rule = TextRule.graphemes(limit);
        return TextSplitter.split(text, rule, rule, options);
    }

    static Stream<Arguments> cuts() {
        return Stream.of(
                        row(10, "tout tient", "tout tient"),
                        // a paragraph, a line, a sentence that fits is never cut
                        row(20, "Un. Deux.\n\nTrois. Quatre.", "Un. Deux.", "Trois. Quatre."),
                        row(20, "Un. Deux.\nTrois. Quatre.", "Un. Deux.", "Trois. Quatre."),
                        row(16, "Un deux. Trois quatre.", "Un deux.", "Trois quatre."),
                        row(12, "Un deux trois quatre", "Un deux", "trois quatre"),
                        // greedy: units are put together while they fit
                        row(20, "Un.\n\nDeux.\n\nTrois.\n\nQuatre.", "Un.\n\nDeux.\n\nTrois.", "Quatre."),
                        // a unit too long for any part begins in what is left
                        row(20, "Titre\n\nUn deux trois quatre cinq six", "Titre\n\nUn deux trois", "quatre cinq six"),
                        // no sentence ends here
                        row(24, "Oui, oui. M. Dupont et Mme Martin", "Oui, oui.", "M. Dupont et Mme Martin"),
                        row(13, "Bon. Mme Martin", "Bon.", "Mme Martin"),
                        row(16, "Voir le n° 5 demain", "Voir le n° 5", "demain"),
                        row(18, "Lisez. L’art. 5 est clair", "Lisez.", "L’art. 5 est clair"),
                        row(21, "Bien dit. J.-P. Serre parle", "Bien dit.", "J.-P. Serre parle"),
                        row(15, "Venez à 20 h. Merci", "Venez à 20 h.", "Merci"),
                        row(14, "Rendez-vous 20 h 30 ici", "Rendez-vous", "20 h 30 ici"),
                        row(14, "Il manque 10 000 euros", "Il manque", "10 000 euros"),
                        row(8, "Le pi 3.14 est", "Le pi", "3.14 est"),
                        // guillemets and French punctuation
                        row(20, "Il dit « Oui ! » Puis il sort", "Il dit « Oui ! »", "Puis il sort"),
                        row(
                                22,
                                "Il dit «\u202fOui\u202f!\u202f» Puis il sort",
                                "Il dit «\u202fOui\u202f!\u202f»",
                                "Puis il sort"),
                        row(9, "un deux trois !", "un deux", "trois !"),
                        row(8, "un deux\u202f!", "un", "deux\u202f!"),
                        row(10, "le mot « ici » là", "le mot", "« ici » là"),
                        row(12, "Et enfin… Voilà.", "Et enfin…", "Voilà."),
                        row(7, "à 20\u00a0h 30", "à", "20\u00a0h 30"),
                        // a tie of ordinary spaces gives way when nothing else does
                        row(5, "« mot »", "« mot", "»"),
                        // entities
                        row(24, "Voir https://exemple.fr/a.b?c=d. Fin.", "Voir", "https://exemple.fr/a.b?c=d.", "Fin.")
                                .limit(27),
                        row(14, "merci à @a@exemple.fr", "merci à", "@a@exemple.fr"),
                        // inside a word only where a line could end
                        row(8, "porte-avions", "porte-", "avions"),
                        row(4, "民主主義万歳", "民主主義", "万歳"),
                        row(8, "一二三四。五六七八。", "一二三四。", "五六七八。"),
                        row(3, "👨‍👩‍👧‍👦👨‍👩‍👧‍👦❤️❤️🇫🇷", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦❤️", "❤️🇫🇷"),
                        row(3, "e\u0301e\u0301e\u0301 e\u0301", "e\u0301e\u0301e\u0301", "e\u0301"))
                .map(Row::arguments);
    }

    private record Row(int width, String text, List<String> parts) {
        Row limit(int other) {
            return new Row(other, text, parts);
        }

        Arguments arguments() {
            return Arguments.of(width, text, parts);
        }
    }

    private static Row row(int limit, String text, String... parts) {
        return new Row(limit, text, List.of(parts));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void cuts_where_it_is_felt_least(int limit, String text, List<String> expected) {
        assertThat(split(text, limit)).isEqualTo(expected);
    }

    @Test
    void the_first_part_has_a_rule_of_its_own() {
        assertThat(TextSplitter.split(
                        "Un mot.\n\nEncore deux mots.\n\nEt quelques autres.",
                        TextRule.utf16(10),
                        TextRule.utf16(50),
                        FRENCH))
                .containsExactly("Un mot.", "Encore deux mots.\n\nEt quelques autres.");
    }

    @Nested
    class Numbers {
        @Test
        void are_counted_with_the_text() {
            String text = "aaaa bbbb cccc dddd";
            assertThat(split(text, 10, FRENCH.numbered(Numbering.BRACKETS)))
                    .containsExactly("aaaa (1/4)", "bbbb (2/4)", "cccc (3/4)", "dddd (4/4)");
            assertThat(split(text, 13, FRENCH.numbered(Numbering.PREFIX)))
                    .containsExactly("1/2 aaaa bbbb", "2/2 cccc dddd");
        }

        @Test
        void take_more_room_when_there_are_ten_parts() {
            List<String> parts = split("abc ".repeat(10), 11, FRENCH.numbered(Numbering.BRACKETS));
            assertThat(parts).hasSize(10).last().isEqualTo("abc (10/10)");
        }

        @Test
        void a_single_part_has_none() {
            assertThat(split("abc", 3, FRENCH.numbered(Numbering.BRACKETS))).containsExactly("abc");
        }
    }

    @Nested
    class Kept {
        private final SplitOptions options = FRENCH.keeping(List.of("https://exemple.fr/agenda", "#Démocratie"));

        @Test
        void a_link_at_the_end_is_moved_and_a_hashtag_copied() {
            assertThat(split(
                            "Réunion publique jeudi. Venez nombreux et nombreuses à la salle. https://exemple.fr/agenda #démocratie",
                            70,
                            options))
                    .containsExactly(
                            "Réunion publique jeudi. https://exemple.fr/agenda #Démocratie",
                            "Venez nombreux et nombreuses à la salle. #démocratie");
        }

        @Test
        void a_link_on_its_own_line_is_moved_and_the_lines_stay() {
            assertThat(split(
                            "Un deux trois quatre.\n\nCinq.\n\nhttps://exemple.fr/agenda\n\nSix sept huit neuf dix.",
                            50,
                            options))
                    .containsExactly(
                            "Un deux trois quatre. https://exemple.fr/agenda", "Cinq.\n\nSix sept huit neuf dix.");
        }

        @Test
        void a_link_in_a_sentence_or_after_a_colon_stays() {
            String inside = "Réunion publique jeudi.\n\nInscription sur https://exemple.fr/agenda avant jeudi.";
            assertThat(split(inside, 60, options)).isEqualTo(split(inside, 60)).hasSize(2);
            String announced =
                    "Réunion publique de tout le monde jeudi.\n\nInscription\u202f:\nhttps://exemple.fr/agenda";
            assertThat(split(announced, 60, options))
                    .isEqualTo(split(announced, 60))
                    .hasSize(2);
        }

        @Test
        void what_the_first_part_has_is_neither_moved_nor_copied() {
            String text = "#démocratie https://exemple.fr/agenda\n\nRéunion publique jeudi à la salle.";
            assertThat(split(text, 60, options)).isEqualTo(split(text, 60)).hasSize(2);
        }

        @Test
        void what_is_pushed_out_by_another_one_is_kept_too() {
            assertThat(split("aaaa bbbb #Démocratie\ncccc dddd eeee\nhttps://exemple.fr/agenda", 43, options))
                    .first()
                    .asString()
                    .contains("https://exemple.fr/agenda", "#Démocratie");
        }

        @Test
        void what_leaves_no_room_or_is_not_in_the_text_has_no_effect() {
            String text = "Réunionpublique jeudisoirsalle ici\nhttps://exemple.fr/agenda";
            assertThat(split(text, 25, options)).isEqualTo(split(text, 25)).hasSize(3);
        }

        @Test
        void no_word_is_cut_to_make_room() {
            SplitOptions tag = FRENCH.keeping(List.of("#vote"));
            assertThat(split("porte-avions ici #vote", 12, tag)).containsExactly("porte-avions", "ici #vote");
        }

        @Test
        void numbers_come_last() {
            assertThat(split(
                            "Un deux trois. Quatre cinq six sept #vote",
                            32,
                            options.keeping(List.of("#vote")).numbered(Numbering.BRACKETS)))
                    .containsExactly("Un deux trois. #vote (1/2)", "Quatre cinq six sept #vote (2/2)");
        }
    }

    @Nested
    class Refusals {
        @Test
        void a_word_longer_than_a_part_is_named() {
            String url = "https://exemple.fr/" + "a".repeat(60);
            assertThatExceptionOfType(FaultException.class)
                    .isThrownBy(() -> split("Voir " + url, 50))
                    .satisfies(e -> {
                        assertThat(e.kind()).isEqualTo(FaultException.Kind.INVALID);
                        assertThat(e.faults()).singleElement().satisfies(fault -> {
                            assertThat(fault.pointer()).isEqualTo("/text");
                            assertThat(fault.message().code()).isEqualTo("post.text.unsplittable");
                            assertThat(fault.message().args()).containsEntry("token", url.substring(0, 40) + "…");
                            assertThat(fault.limit()).isEqualTo(50);
                            assertThat(fault.actual()).isEqualTo(79);
                        });
                    });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "jean-paul.martin@exemple.fr",
                    "www.exemple.fr/agenda",
                    "1.234.567.890,12",
                    "@mairie@mastodon.example"
                })
        void an_address_or_a_number_is_not_cut(String token) {
            assertThatExceptionOfType(FaultException.class).isThrownBy(() -> split("Voir " + token, 14));
        }

        @Test
        void a_thread_has_at_most_fifty_parts() {
            assertThat(split("mot ".repeat(50), 3)).hasSize(50);
            assertThatExceptionOfType(FaultException.class)
                    .isThrownBy(() -> split("mot ".repeat(51), 3))
                    .satisfies(e ->
                            assertThat(e.faults().getFirst().message().code()).isEqualTo("post.text.too-many-parts"));
        }

        @Test
        @Timeout(60)
        void an_endless_text_is_refused_soon() {
            assertThatExceptionOfType(FaultException.class).isThrownBy(() -> split("élu ".repeat(300_000), 500));
            assertThatExceptionOfType(FaultException.class).isThrownBy(() -> split("民".repeat(300_000), 500));
        }

        @Test
        void a_blank_text_is_refused() {
            assertThatExceptionOfType(FaultException.class)
                    .isThrownBy(() -> split(" \n\u202f", 3))
                    .satisfies(e ->
                            assertThat(e.faults().getFirst().message().code()).isEqualTo("post.text.empty"));
        }
    }
}
