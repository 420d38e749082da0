package org.tocsin.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tocsin.base.FaultException;

class TextSplitterPropertiesTest {
    private static final String TAG = "#Démocratie";
    private static final String LINK = "https://exemple.fr/agenda";

    @Property(tries = 1500)
    void every_part_fits_and_nothing_is_lost(
            @ForAll("texts") String text, @ForAll("rules") TextRule rule, @ForAll Numbering numbering) {
        List<String> parts = parts(text, rule, SplitOptions.of(Locale.FRENCH).numbered(numbering));
        if (parts.isEmpty()) {
            return;
        }
        assertThat(parts).allMatch(part -> rule.measure(part).fits()).noneMatch(String::isBlank);
        List<String> bodies = bodies(parts, numbering);
        assertThat(normal(String.join(" ", bodies))).isEqualTo(normal(text));
        assertThat(bodies.stream().flatMap(TextSplitterPropertiesTest::entities))
                .containsExactlyElementsOf(entities(text).toList());
        assertThat(bodies.stream().mapToInt(Graphemes::count).sum()).isLessThanOrEqualTo(Graphemes.count(text));
        assertThat(bodies).noneMatch(part -> part.startsWith("\u202f") || part.endsWith("\u00a0"));
    }

    @Property(tries = 1500)
    void what_is_kept_comes_first_and_the_rest_stays_whole(
            @ForAll("texts") String text, @ForAll("rules") TextRule rule, @ForAll Numbering numbering) {
        SplitOptions options = SplitOptions.of(Locale.FRENCH).numbered(numbering);
        List<String> plain = parts(text, rule, options);
        List<String> parts = parts(text, rule, options.keeping(List.of(TAG, LINK)));
        if (plain.isEmpty()) {
            return;
        }
        assertThat(parts)
                .isNotEmpty()
                .allMatch(part -> rule.measure(part).fits())
                .noneMatch(String::isBlank);
        List<String> expected = new ArrayList<>(words(List.of(text)));
        List<String> actual = new ArrayList<>(words(bodies(parts, numbering)));
        if (actual.size() > expected.size()) {
            expected.add(TAG);
        }
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
        if (rule.measure("").limit() >= 100 && text.contains(TAG)) {
            assertThat(parts.getFirst()).contains(TAG);
        }
    }

    /** Empty where a word is longer than the limit: that is a refusal, and another test. */
    private static List<String> parts(String text, TextRule rule, SplitOptions options) {
        try {
            return TextSplitter.split(text, rule, rule, options);
        } catch (FaultException e) {
            assertThat(e.faults().getFirst().message().code())
                    .isIn("post.text.unsplittable", "post.text.too-many-parts");
            return List.of();
        }
    }

    private static List<String> bodies(List<String> parts, Numbering numbering) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String number = (i + 1) + "/" + parts.size();
            String part = parts.get(i);
            if (parts.size() == 1 || numbering == Numbering.NONE) {
                bodies.add(part);
            } else if (numbering == Numbering.PREFIX) {
                assertThat(part).startsWith(number + " ");
                bodies.add(part.substring(number.length() + 1));
            } else {
                assertThat(part).endsWith(" (" + number + ")");
                bodies.add(part.substring(0, part.length() - number.length() - 3));
            }
        }
        return bodies;
    }

    private static String normal(String text) {
        return text.replaceAll("[ \n]+", " ").strip();
    }

    private static List<String> words(List<String> texts) {
        return texts.stream()
                .flatMap(text -> List.of(normal(text).split(" ")).stream())
                .toList();
    }

    private static java.util.stream.Stream<String> entities(String text) {
        return TextEntities.find(text).stream().map(entity -> entity.kind() + entity.value());
    }

    @Provide
    Arbitrary<TextRule> rules() {
        TextRule weighted = text -> new TextSize(
                text.codePoints()
                        .mapToLong(c -> c < 0x10FF || c / 32 == 0x2010 / 32 ? 1 : 2)
                        .sum(),
                280,
                "weight");
        return Arbitraries.of(
                TextRule.graphemes(300).and(TextRule.bytes(3000)),
                TextRule.utf16(1024),
                weighted,
                TextRule.graphemes(100),
                TextRule.codePoints(60),
                TextRule.graphemes(33));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> word = Arbitraries.of(
                "mot",
                "Réunion",
                "publique",
                "à",
                "l’été",
                "élu·es",
                "e\u0301tude",
                "20\u202fh",
                "«\u202fmot\u202f»",
                "Venez\u202f!",
                "M.\u00a0Dupont",
                "M.",
                "Mme",
                "3,5\u00a0%",
                "fin.",
                "fin…",
                "Oui\u202f?",
                "(bien)",
                "👨‍👩‍👧‍👦",
                "🇫🇷🇩🇪",
                "👍🏽",
                "1️⃣",
                "한국",
                "@maire",
                "@mairie@mastodon.example",
                "@mairie.bsky.social",
                "#vote",
                TAG,
                LINK,
                LINK + ".",
                "(https://fr.wikipedia.org/wiki/Commune_(France))",
                "https://exemple.fr/é?a=b#c",
                "d’#accord",
                "jean@exemple.fr");
        Arbitrary<String> space = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(12, Arbitraries.just(" ")),
                net.jqwik.api.Tuple.of(1, Arbitraries.just("\n")),
                net.jqwik.api.Tuple.of(1, Arbitraries.just("\n\n")),
                net.jqwik.api.Tuple.of(1, Arbitraries.just("  ")));
        return Combinators.combine(word, space)
                .as((w, s) -> w + s)
                .list()
                .ofMinSize(1)
                .ofMaxSize(160)
                .map(units -> units.stream().collect(Collectors.joining()).strip());
    }
}
