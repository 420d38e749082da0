package org.tocsin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.Messages;
import org.tocsin.mention.Item;

/** What watches mean, by example: the rules of position, acronyms and fields, held by the plan and by the exhaustive evaluation. */
class MeaningTest {
    private final Analysis analysis = new Analysis();
    private final WatchLanguage language = new WatchLanguage(analysis, WordLists.none());

    private WatchQuery query(String text) {
        CheckedQuery checked = language.check(text);
        WatchQuery query = checked.query();
        assertThat(checked.valid()).as(text + " " + checked.findings()).isTrue();
        assertThat(query).isNotNull();
        return query;
    }

    private boolean matches(String watch, Item item) {
        boolean found = Plan.of(query(watch), analysis, WordLists.none()).matches(Heard.of(item, analysis));
        assertThat(new Evaluation(analysis, WordLists.none()).matches(query(watch), item))
                .isEqualTo(found);
        return found;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # acronyms
            AI                       | l'AI arrive                 | true
            AI                       | L’AI                        | true
            AI                       | j'ai faim                   | false
            AI                       | J'AI FAIM                   | false
            AI                       | D'AI                        | true
            ai                       | j'ai faim                   | true
            CAF                      | un caf'                     | false
            LYON                     | Lyon                        | false
            LILLE                    | Lille                       | true
            ONU                      | l'O.N.U. vote               | true
            l'AI                     | une AI                      | true
            # accents, ligatures, elision, possessives
            école                    | L’ÉCOLE                     | true
            l'école                  | une ecole                   | true
            oeuvre                   | Œuvres et œuvre             | true
            Macron                   | Macron's plan               | true
            hui                      | aujourd’hui                 | true
            d'Artagnan               | Artagnan                    | false
            Artagnan                 | d’Artagnan                  | true
            # compounds
            Saint-Denis              | St Denis                    | true
            Saint-Denis              | #saintdenis                 | true
            Saint-Denis              | #SaintDenis                 | true
            saintdenis               | Saint-Denis                 | true
            saintdenis               | Saint Denis                 | false
            St-Etienne               | Saint-Étienne-du-Rouvray    | true
            covid19                  | Covid-19                    | true
            COVID-19                 | covid19                     | true
            C++                      | en c++ ou en C              | true
            C++                      | en C                        | false
            Google                   | Google+                     | true
            citoyenne                | les citoyen·ne·s            | true
            élues                    | les élu(e)s                 | true
            # beginnings, patterns, stems, exact
            subv*                    | Subventions                 | true
            subv*                    | sub                         | false
            saint-d*                 | Saint-Denis                 | true
            gr?y                     | Gray                        | true
            gr?y                     | gry                         | false
            subvention~              | subventions                 | true
            =Orange                  | Orange                      | true
            =Orange                  | orange                      | false
            =École                   | l’École                     | true
            =École                   | Ecole                       | false
            # whole words only
            marvel                   | marvellous                  | false
            # phrases
            "eau potable"            | eau potable                 | true
            "eau potable"            | eau non potable             | false
            "eau potable"            | potable eau                 | false
            "eau potable"~1          | eau non potable             | true
            "eau potable"~1          | potable, eau                | true
            "eau potable"~1          | eau vraiment non potable    | false
            "eau eau"~5              | eau                         | false
            "eau eau"~5              | eau ou eau                  | true
            "ville de Saint-Denis"   | ville de St Denis           | true
            "ville de Saint-Denis"   | ville de saintdenis         | true
            # near: so many words between, in either order
            eau NEAR/0 potable       | potable eau                 | true
            eau NEAR/1 potable       | eau bien potable            | true
            eau NEAR/1 potable       | eau très bien potable       | false
            eau ONEAR/2 potable      | potable eau                 | false
            eau NEAR/5 eau           | eau                         | false
            citoyen NEAR/5 citoyenne | citoyen·ne                  | false
            (eau OR gaz) NEAR/1 prix | prix du gaz                 | true
            sub* NEAR/2 ville        | la ville, sa subvention     | true
            `#eau NEAR/1 ville`      | ville #eau                  | true
            # tags, handles, addresses
            `#ecolepublique`         | #ÉcolePublique              | true
            `#école`                 | école                       | false
            école                    | #ÉcolePublique              | true
            `#éco*`                  | #ÉcolePublique              | true
            @maire                   | @Maire@ville.social         | true
            @maire@ville.social      | @maire                      | false
            maire                    | @maire                      | false
            site:ex.fr               | voir https://www.ex.fr/a    | true
            site:ex.fr               | voir https://lex.fr/a       | false
            url:ex.fr/a              | voir https://www.ex.fr/a?b  | true
            # number signs, in one word and in two
            n° 12                    | au n° 12 de la rue          | true
            n° 12                    | au n°12 de la rue           | true
            n°12                     | au n° 12 de la rue          | true
            "n° 12"                  | au n° 12 de la rue          | true
            "n° 12"                  | au nº12 de la rue           | true
            "n° 12"                  | au n° 13, le 12             | false
            # the parts of a beginning that are finished
            St-Den*                  | St-Denis                    | true
            St-Den*                  | Saint Denis                 | true
            Ste-F*                   | Sainte-Foy                  | true
            sta*                     | St-Denis                    | false
            # handles among signs
            "merci @mairie, bravo"   | merci @mairie bravo         | true
            "merci @mairie, bravo"   | Merci @Mairie, bravo        | true
            "merci (@mairie)"        | merci @mairie               | true
            @mairie                  | .@mairie merci              | true
            @mairie                  | ici:-@mairie                | true
            @ville.fr                | jean-@ville.fr              | false
            # what is written without blanks after a link
            地震                      | https://ex.fr/aで地震         | true
            地震                      | https://ex.frで地震          | true
            地震                      | （https://ex.fr/a）地震       | true
            site:ex.fr               | https://ex.fr/aで地震         | true
            url:ex.fr/a              | https://ex.fr/a、地震         | true
            地震                      | https://ja.ex.org/wiki/地震  | false
            site:例え.jp              | https://例え.jp/             | true
            # and, or, not, so many of
            eau -gaz                 | eau                         | true
            eau -gaz                 | eau gaz                     | false
            2 OF (eau, gaz, fioul)   | fioul et eau                | true
            2 OF (eau, gaz, fioul)   | fioul                       | false
            # scripts and pictures
            日本語                    | 東京の日本語学校                | true
            日語                      | 日本語                       | false
            👍                        | bravo 👍🏽                    | true
            👍🏽                       | bravo 👍                     | false
            """)
    void matches_or_does_not(String watch, String text, boolean expected) {
        assertThat(matches(watch, Item.of(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            title:saint-etienne          | true
            title:subvention             | false
            maire subvention             | true
            maire NEAR/50 subvention     | false
            "explique la"                | false
            lang:fr maire                | true
            lang:fr-CA                   | true
            lang:fr-FR                   | false
            source:mastodon              | true
            source:source-7              | true
            site:example.org             | true
            site:example.com             | true
            from:redaction               | true
            from:@redaction@presse.social| true
            from:soir                    | true
            to:prefet                    | true
            @prefet@etat.social          | true
            `#conseilmunicipal`          | true
            is:quote maire               | true
            is:reply maire               | false
            is:edited maire              | true
            has:media has:link has:tag maire | true
            maire likes>=100             | true
            maire likes<100              | false
            maire replies>=0             | false
            maire followers:1000..2000   | true
            url:inondations              | true
            """)
    void fields_ask_of_an_article(String watch, boolean expected) {
        assertThat(matches(watch, Posts.article())).isEqualTo(expected);
    }

    private List<String> shown(String watch, String text) {
        return Plan.of(query(watch), analysis, WordLists.none()).hits(Heard.of(Item.of(text), analysis)).stream()
                .map(hit -> text.substring(hit.start(), hit.end()))
                .toList();
    }

    @Test
    void what_is_highlighted_is_what_made_it_match() {
        assertThat(shown("eau NEAR/1 potable", "eau, puis de l'eau potable")).containsExactly("eau", "potable");
        assertThat(shown("saintdenis OR gaz", "À Saint-Denis")).containsExactly("Saint-Denis");
        assertThat(shown("école -gaz", "L’école")).containsExactly("école");
        assertThat(shown("\"eau potable\"", "l’eau po\u200btable")).containsExactly("eau po\u200btable");
        assertThat(shown("eau gaz", "eau")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AI                  | j'ai                   | watch.why.acronym
            =Orange             | orange                 | watch.why.exact
            eau NEAR/1 gaz      | eau un deux trois gaz  | watch.why.near.far
            eau ONEAR/1 gaz     | gaz eau                | watch.why.near.order
            eau NEAR/1 gaz      | gaz                    | watch.why.near.missing
            "eau potable"       | potable ou eau         | watch.why.phrase.apart
            "eau potable"       | eau                    | watch.why.phrase.missing
            `#eau`              | eau                    | watch.why.tag.word
            title:eau           | eau                    | watch.why.title
            eau gaz             | eau                    | watch.why.not.all
            eau -gaz            | eau gaz                | watch.why.not.all
            eau OR gaz          | rien                   | watch.why.none
            2 OF (eau, gaz)     | eau                    | watch.why.few
            eau                 | rien                   | watch.why.absent
            """)
    void an_explanation_says_by_how_little_it_missed(String watch, String text, String code) {
        Explanation explanation =
                new Explainer(analysis, WordLists.none()).explain(query(watch), Heard.of(Item.of(text), analysis));
        assertThat(explanation.matched()).isFalse();
        assertThat(explanation.why().code()).isEqualTo(code);
        assertThat(new Messages().text(explanation.why(), Locale.FRENCH)).doesNotContain("{");
    }

    @Test
    void hostile_items_are_matched_in_bounded_time() {
        List<String> watches = List.of(
                "\"a a a a a a\"~50",
                "a NEAR/50 b",
                "(a OR b OR c) NEAR/50 (a OR b)",
                "\"a a a b\"",
                "aaa*",
                "aa?a OR b",
                "2 OF (a, b, c)");
        String text = "a ".repeat(90_000);
        Heard heard = Heard.of(Item.of(text), analysis);
        for (String watch : watches) {
            long started = System.nanoTime();
            Plan.of(query(watch), analysis, WordLists.none()).matches(heard);
            // The bound of the hostile list; work that grows with the square takes minutes.
            assertThat((System.nanoTime() - started) / 1_000_000_000).as(watch).isLessThan(2);
        }
    }

    @Test
    void many_words_stay_each_where_it_is_looked_for() {
        String many = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> "mot" + i)
                .collect(java.util.stream.Collectors.joining(" OR "));
        Item item = item("Inondation", "un mot3 ici", "https://ex.fr/crue");
        for (String watch : List.of(
                many + " OR title:absent",
                "title:absent OR " + many,
                many + " OR url:absent",
                "url:absent OR " + many)) {
            assertThat(matches(watch, item)).as(watch).isTrue();
        }
        String none = many.replace("mot3 ", "autre ");
        assertThat(matches("title:inondation OR " + none, item)).isTrue();
        assertThat(matches(none + " OR url:crue", item)).isTrue();
        assertThat(matches("title:ici OR " + none, item)).isFalse();
        assertThat(matches(none + " OR url:inondation", item)).isFalse();
    }

    private static Item item(String title, String text, String url) {
        return new Item(
                title,
                text,
                null,
                "s1",
                "rss",
                url,
                null,
                org.tocsin.mention.Author.unknown(),
                List.of(),
                List.of(),
                List.of(),
                org.tocsin.mention.ItemKind.POST,
                false,
                false,
                org.tocsin.mention.Counts.unknown());
    }

    @Test
    @org.junit.jupiter.api.Timeout(value = 20, threadMode = org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD)
    void forms_at_one_place_are_no_more_than_one_way_on() {
        String word = "citoyen-".repeat(20) + "citoyen~";
        String text = "citoyen·ne·s ".repeat(21);
        Heard heard = Heard.of(Item.of(text), analysis);
        Plan plan = Plan.of(query(word), analysis, WordLists.none());
        assertThat(plan.matches(heard)).isTrue();
        assertThat(plan.hits(heard)).isNotEmpty();
        assertThat(plan.matches(Heard.of(Item.of("citoyen·ne·s ".repeat(20) + "fin"), analysis)))
                .isFalse();
    }

    @Test
    void an_entry_of_a_list_is_held_to_the_rule_of_a_watch() {
        for (String entry : List.of("#a*", "#ab*", "qu'a*", "l'ab*")) {
            assertThat(ListEntries.read(entry, analysis)).as(entry).isNull();
        }
        for (String entry : List.of("#abc*", "qu'abc*", "abc*", "eau", "#a")) {
            assertThat(ListEntries.read(entry, analysis)).as(entry).isNotNull();
        }
    }

    @Test
    void tags_whose_vowels_are_marks_are_met_in_texts() {
        assertThat(matches("#हिन्दी", Item.of("आज #हिन्दी में"))).isTrue();
        assertThat(matches("#น้ำท่วม", Item.of("วันนี้ #น้ำท่วม ครับ"))).isTrue();
        assertThat(matches("#école", Item.of("une #e\u0301cole"))).isTrue();
    }
}
