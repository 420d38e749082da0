package org.tocsin.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextEntitiesTest {
    @ParameterizedTest
    @MethodSource("texts")
    void finds_what_the_author_meant(String text, List<String> expected) {
        assertThat(TextEntities.find(text))
                .extracting(entity -> entity.kind().name().charAt(0) + ":" + entity.value())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void offsets_and_values_agree_with_the_text(String text, List<String> expected) {
        List<TextEntity> found = TextEntities.find(text);
        assertThat(found)
                .allSatisfy(entity -> assertThat(text.substring(entity.start(), entity.end()))
                        .isEqualTo(
                                switch (entity.kind()) {
                                    case LINK -> entity.value();
                                    case MENTION -> "@" + entity.value();
                                    case HASHTAG -> "#" + entity.value();
                                }));
        assertThat(found).hasSameSizeAs(expected);
        int end = 0;
        for (TextEntity entity : found) {
            assertThat(entity.start()).isGreaterThanOrEqualTo(end);
            end = entity.end();
        }
    }

    @Test
    @Timeout(30)
    void long_hostile_texts_are_read_in_linear_time_and_without_recursion() {
        for (String unit : List.of("@a.", "@a@", "#a", "#\u0301", "http://a.", "https://a.fr/(", "a.-", "@a-")) {
            String text = "@a" + unit.repeat(100_000);
            assertThat(TextEntities.find(text)).allMatch(entity -> entity.end() <= text.length());
        }
    }

    private static Arguments row(String text, String... expected) {
        return Arguments.of(text, Arrays.asList(expected));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                row("https://exemple.fr", "L:https://exemple.fr"),
                row("Voir https://exemple.fr/agenda.", "L:https://exemple.fr/agenda"),
                row("Voir https://exemple.fr/agenda, puis", "L:https://exemple.fr/agenda"),
                row("https://exemple.fr/agenda; suite", "L:https://exemple.fr/agenda"),
                row("https://exemple.fr/agenda: oui", "L:https://exemple.fr/agenda"),
                row("https://exemple.fr/agenda!", "L:https://exemple.fr/agenda"),
                row("https://exemple.fr/agenda?", "L:https://exemple.fr/agenda"),
                row("https://exemple.fr/agenda\u202f!", "L:https://exemple.fr/agenda"),
                row("https://exemple.fr/agenda\u00a0: oui", "L:https://exemple.fr/agenda"),
                row("https://exemple.fr/agenda…", "L:https://exemple.fr/agenda"),
                row("https://exemple.fr/agenda...", "L:https://exemple.fr/agenda"),
                row("«\u202fhttps://exemple.fr/agenda\u202f»", "L:https://exemple.fr/agenda"),
                row("«https://exemple.fr/agenda»", "L:https://exemple.fr/agenda"),
                row("“https://exemple.fr/agenda”", "L:https://exemple.fr/agenda"),
                row("‘https://exemple.fr/agenda’", "L:https://exemple.fr/agenda"),
                row("'https://exemple.fr/agenda'", "L:https://exemple.fr/agenda"),
                row("<https://exemple.fr/agenda>", "L:https://exemple.fr/agenda"),
                row("`https://exemple.fr/agenda`", "L:https://exemple.fr/agenda"),
                row("[https://exemple.fr/agenda]", "L:https://exemple.fr/agenda"),
                row("{https://exemple.fr/agenda}", "L:https://exemple.fr/agenda"),
                row("(https://exemple.fr/agenda)", "L:https://exemple.fr/agenda"),
                row("(https://exemple.fr/agenda).", "L:https://exemple.fr/agenda"),
                row("(voir https://exemple.fr/agenda!).", "L:https://exemple.fr/agenda"),
                row(
                        "(https://fr.wikipedia.org/wiki/Commune_(France))",
                        "L:https://fr.wikipedia.org/wiki/Commune_(France)"),
                row(
                        "https://fr.wikipedia.org/wiki/Commune_(France).",
                        "L:https://fr.wikipedia.org/wiki/Commune_(France)"),
                row(
                        "(cf. https://fr.wikipedia.org/wiki/Commune_(France)).",
                        "L:https://fr.wikipedia.org/wiki/Commune_(France)"),
                row("https://exemple.fr/a[1]?b={c}", "L:https://exemple.fr/a[1]?b={c}"),
                row("l’https://exemple.fr", "L:https://exemple.fr"),
                row("d'https://exemple.fr/l’agenda demain", "L:https://exemple.fr/l’agenda"),
                row("https://mairie-élue.fr/réunion", "L:https://mairie-élue.fr/réunion"),
                row("https://xn--lue-9la.fr/", "L:https://xn--lue-9la.fr/"),
                row("http://exemple.fr:8080/a", "L:http://exemple.fr:8080/a"),
                row("https://exemple.fr:443.", "L:https://exemple.fr:443"),
                row("https://exemple.fr: oui", "L:https://exemple.fr"),
                row("https://exemple.fr?q=a+b&c=d%20e,", "L:https://exemple.fr?q=a+b&c=d%20e"),
                row("https://exemple.fr/#ancre", "L:https://exemple.fr/#ancre"),
                row("https://exemple.fr/a#l.5-l.7", "L:https://exemple.fr/a#l.5-l.7"),
                row("https://exemple.fr#accord", "L:https://exemple.fr#accord"),
                row("HTTPS://Exemple.FR/Agenda", "L:HTTPS://Exemple.FR/Agenda"),
                row("http://localhost:8080/x", "L:http://localhost:8080/x"),
                row("http://127.0.0.1/x", "L:http://127.0.0.1/x"),
                row("https://a.fr,https://b.fr", "L:https://a.fr", "L:https://b.fr"),
                row("https://a.fr\nhttps://b.fr/", "L:https://a.fr", "L:https://b.fr/"),
                row("https://exemple.fr/@maire/115", "L:https://exemple.fr/@maire/115"),
                row("https://exemple.fr/会议。次", "L:https://exemple.fr/会议"),
                row("会議https://exemple.jp/a（東京）", "L:https://exemple.jp/a"),
                row("https://exemple.fr/a\u200b b", "L:https://exemple.fr/a"),
                row("https://exemple.fr/a_b_", "L:https://exemple.fr/a_b_"),
                row("**https://exemple.fr/a**", "L:https://exemple.fr/a"),
                row("https://-exemple.fr"),
                row("https://exemple"),
                row("https://"),
                row("https://jean:secret@exemple.fr/"),
                row("https://banque.fr@exemple.fr/"),
                row("xhttps://exemple.fr"),
                row("exemple.fr/agenda et www.exemple.fr"),
                row("ftp://exemple.fr/a"),
                row("@maire", "M:maire"),
                row("Merci @maire!", "M:maire"),
                row("Merci @maire\u202f!", "M:maire"),
                row("(@maire), «\u202f@elu_2026\u202f»", "M:maire", "M:elu_2026"),
                row("l’@maire et d'@elu", "M:maire", "M:elu"),
                row("@mairie@mastodon.example.", "M:mairie@mastodon.example"),
                row("@jean.dupont@social.exemple.fr, oui", "M:jean.dupont@social.exemple.fr"),
                row("@mairie@mairie-élue.fr", "M:mairie@mairie-élue.fr"),
                row("@mairie.bsky.social.", "M:mairie.bsky.social"),
                row("@jean-paul.bsky.social!", "M:jean-paul.bsky.social"),
                row("@jean-paul", "M:jean"),
                row("@maire.2", "M:maire"),
                row("@maire…", "M:maire"),
                row("@a,@b;@c", "M:a", "M:b", "M:c"),
                row("contact@exemple.fr"),
                row("jean.dupont+infos@exemple.fr"),
                row("élu@exemple.fr"),
                row("mastodon.example/@maire"),
                row("@maire@ suite"),
                row("@été"),
                row("@mairé"),
                row("@@maire"),
                row("@ seul, @"),
                row("@{mairie} et l’@{préfecture}"),
                row("#Démocratie", "H:Démocratie"),
                row("#De\u0301mocratie", "H:De\u0301mocratie"),
                row("Les #ÉluEs!", "H:ÉluEs"),
                row("#ÉluEs\u202f!", "H:ÉluEs"),
                row("#Élu·es·", "H:Élu·es"),
                row("(#vote) «\u202f#vote\u202f»", "H:vote", "H:vote"),
                row("“#vote” ‘#vote’ …#vote", "H:vote", "H:vote", "H:vote"),
                row("d’#accord, l'#idée", "H:accord", "H:idée"),
                row("#L’accord", "H:L"),
                row("#grand-paris", "H:grand"),
                row("#municipales2026 #2026municipales", "H:municipales2026", "H:2026municipales"),
                row("#2026, #1 et #1_2"),
                row("#_a_", "H:_a_"),
                row("🎉#fête ❤️#cœur", "H:fête", "H:cœur"),
                row("#fête🎉", "H:fête"),
                row("#️⃣ et #⃣"),
                row("#民主主義 #Демократия #ديمقراطية", "H:民主主義", "H:Демократия", "H:ديمقراطية"),
                row("#हिन्दी", "H:हिन्दी"),
                row("mot#tag, ##tag, &#39;, a/#b"),
                row("#vote.#agir", "H:vote", "H:agir"),
                row("#vote#agir", "H:vote"),
                row("https://exemple.fr/#a #b", "L:https://exemple.fr/#a", "H:b"),
                row("#"),
                row(""),
                row(
                        "Jeudi 20\u202fh https://exemple.fr/agenda #Démocratie @mairie@mastodon.example",
                        "L:https://exemple.fr/agenda",
                        "H:Démocratie",
                        "M:mairie@mastodon.example"));
    }
}
