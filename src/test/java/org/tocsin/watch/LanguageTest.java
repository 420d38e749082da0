package org.tocsin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.Messages;

class LanguageTest {
    private static final WordLists LISTS = name -> Map.of(
                    "rues", new WordList("rues", 1, List.of("rue Pasteur", "quai*", "#centre", "@voirie")),
                    "vide", new WordList("vide", 1, List.of()),
                    "fausse", new WordList("fausse", 1, List.of("a OR b")))
            .get(name);

    private final WatchLanguage language = new WatchLanguage(new Analysis(), LISTS);

    private static List<String> codes(CheckedQuery checked, boolean errors) {
        return checked.findings().stream()
                .filter(finding -> finding.error() == errors)
                .map(finding -> finding.message().code().substring("watch.".length()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            maire                                 |
            maire Dupont                          | maire Dupont
            maire ET Dupont                       | maire Dupont
            maire AND (Dupont OU Martin)          | maire (Dupont OR Martin)
            a OR b c                              | a OR b c
            (a OR b) OR c                         | a OR b OR c
            maire -pub                            | maire NOT pub
            maire SAUF (pub OR promo)             | maire NOT (pub OR promo)
            maire -(a NEAR/2 b)                   | maire NOT a NEAR/2 b
            Saint-Étienne                         |
            "conseil municipal"                   |
            « conseil  municipal »                | "conseil municipal"
            “conseil municipal”~3                 | "conseil municipal"~3
            l'école                               | l'école
            subv*                                 |
            gr?v*                                 |
            subvention~                           |
            =Orange                               |
            ="La Poste"                           |
            '#JO2024*'                            |
            @maire@ville.social                   |
            maire NEAR/5 (fuite OR eau)           |
            maire ONEAR/0 adjoint                 |
            2 OF (eau, gaz OR fioul, "chauffage urbain")|
            title:(maire OR préfet) lang:fr       |
            lang:fr-CA source:mastodon eau        |
            https://ex.fr/a?b=c                   | url:"ex.fr/a?b=c"
            18:30 mairie                          | 18:30 mairie
            et ou sauf not                        | et ou sauf not
            OÙ                                    | OÙ
            élu(e)s                               | élu(e)s
            élu(e)s (eau OR gaz)                  | élu(e)s (eau OR gaz)
            eau likes>=10                         | eau likes>=10
            eau likes:10..20 followers < 5        | eau likes:10..20 followers<5
            eau // remarque                       | eau
            eau /* rien */ gaz                    | eau gaz
            {rues} travaux                        | {rues} travaux
            from:@maire OR to:maire               | from:@maire OR to:maire
            is:reply has:media eau                | is:reply has:media eau
            C++                                   |
            3,5 %taux                             | 3,5 %taux
            """)
    void is_read_and_written_in_one_way(String text, String canonical) {
        CheckedQuery checked = language.check(text);
        assertThat(codes(checked, true)).isEmpty();
        WatchQuery query = checked.query();
        assertThat(query).isNotNull();
        String printed = Canonical.print(query);
        assertThat(printed).isEqualTo(canonical == null ? text : canonical);
        assertThat(language.check(printed).query()).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                     | 1  | empty
            `   // rien`           | 11 | empty
            (a                     | 1  | bracket.open
            a)                     | 2  | bracket.stray
            ()                     | 1  | bracket.empty
            "a                     | 1  | quote.open
            a »                    | 3  | quote.stray
            a OR                   | 5  | end
            OR a                   | 1  | operator.alone
            AND AND                | 1  | operator.alone
            a AND OR b             | 7  | operator.alone
            NOT NOT a              | 5  | not.twice
            a - b                  | 3  | hyphen.alone
            a NEAR b               | 3  | near.number
            a NEAR/99 b            | 3  | near.far
            a NEAR/2 b NEAR/2 c    | 12 | near.chain
            a NEAR/2 (b c)         | 11 | near.side
            a NEAR/2 "b c"~2       | 10 | near.loose
            *ville                 | 1  | wildcard.first
            ?*?*?*                 | 1  | wildcard.first
            vi*lle                 | 1  | wildcard.inside
            vi*                    | 1  | wildcard.short
            l'éc*                  | 1  | wildcard.short
            abc?d?e*               | 1  | wildcard.many
            a-b?cd                 | 1  | wildcard.compound
            =vill*                 | 2  | wildcard.mixed
            = ville                | 1  | exact.alone
            ville~2                | 1  | fuzzy
            ville^4                | 1  | fuzzy
            "a b"~999999999999     | 1  | loose.far
            "a b"~                 | 1  | loose.number
            "a b c d e f g h i"~2  | 1  | loose.long
            [a TO b]               | 1  | range
            /gr[ae]y/              | 1  | regexp
            /(a+)+$/               | 1  | regexp
            ' OR 1=1               | 1  | word.empty
            /abc/                  | 1  | regexp
            {absente}              | 1  | list.unknown
            {vide}                 | 1  | list.size
            {fausse}               | 1  | list.entry
            {a b}                  | 1  | list.name
            {rues                  | 1  | list.open
            a }                    | 3  | brace.stray
            # a                    | 1  | tag.empty
            @ a                    | 1  | handle.empty
            a, b                   | 2  | comma.stray
            3 OF (a, b)            | 1  | some.number
            0 OF (a, b)            | 1  | some.number
            lang:français          | 6  | lang
            is:nul a               | 4  | is
            has:nul a              | 5  | has
            site:???               | 6  | wildcard.first
            site:@a                | 6  | field.inside
            title:(lang:fr)        | 8  | field.nested
            likes>=5               | 1  | unanchored
            a likes:9..2           | 3  | count
            -pub                   | 1  | negative
            NOT (a OR b)           | 1  | negative
            a OR -b                | 6  | branch.unanchored
            a OR has:link          | 6  | branch.unanchored
            has:link               | 1  | unanchored
            !!!                    | 1  | word.empty
            "!!!"                  | 1  | phrase.empty
            "voir https://ex.fr"   | 1  | phrase.link
            a /* b                 | 3  | comment.open
            """)
    void a_fault_names_its_place_and_code(String text, int at, String code) {
        CheckedQuery checked = language.check(text);
        assertThat(checked.valid()).isFalse();
        assertThat(codes(checked, true)).first().isEqualTo(code);
        Finding finding =
                checked.findings().stream().filter(Finding::error).findFirst().orElseThrow();
        assertThat(finding.start() + 1).isEqualTo(at);
        assertThat(finding.message().args()).containsKey("at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"team:2 eau", "_all:eau", "secret:x", "👍", "日本語", "de la"})
    void what_only_looks_dangerous_is_words(String text) {
        assertThat(codes(language.check(text), true)).isEmpty();
    }

    @Test
    void size_and_depth_are_bounded_before_anything_is_built() {
        assertThat(codes(language.check("a OR ".repeat(10_000) + "a"), true)).containsExactly("long");
        assertThat(codes(language.check("x".repeat(1_000_000)), true)).containsExactly("long");
        assertThat(codes(language.check("(".repeat(1000)), true)).containsExactly("deep");
        assertThat(codes(language.check("a ".repeat(65)), true)).containsExactly("clauses");
        assertThat(codes(language.check("a ".repeat(64)), true)).isEmpty();
        assertThat(codes(language.check("(".repeat(10) + "a" + ")".repeat(10)), true))
                .isEmpty();
    }

    @Test
    void a_bar_is_an_or() {
        assertThat(language.check("eau|gaz || fioul").query())
                .isEqualTo(language.check("eau OR gaz OU fioul").query());
    }

    @Test
    void remarks_tell_what_may_not_be_meant() {
        CheckedQuery mixed = language.check("a OR b c");
        assertThat(mixed.valid()).isTrue();
        assertThat(codes(mixed, false)).containsExactly("mixed");
        assertThat(mixed.findings().getFirst().message().args()).containsEntry("read", "a OR (b c)");
        assertThat(codes(language.check("a OR (b c)"), false)).isEmpty();
        assertThat(codes(language.check("MAIRE OU PREFET"), false)).containsExactly("capitals");
        assertThat(codes(language.check("c?ur"), false)).containsExactly("wildcard.letter");
        assertThat(codes(language.check("l?école"), false)).containsExactly("wildcard.letter");
        assertThat(codes(language.check("gr?ve"), false)).isEmpty();
        assertThat(codes(language.check("Maire OU préfet"), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            a OR (b c)                      | Matches what has the word “a” or (the word “b” and the word “c”)
            AI -pub                         | Matches what has the acronym “AI” in capitals and nowhere the word “pub”
            subv* NEAR/5 ville              | Matches what has a word beginning with “subv” and the word “ville”, at most 5 words between them
            2 OF (eau, gaz, fioul)          | Matches what has at least 2 of these: the word “eau”, the word “gaz”, the word “fioul”
            title:maire lang:fr likes>=100  | Matches what has in the title: the word “maire” and the language fr and at least 100 likes
            """)
    void is_told_in_plain_english(String text, String expected) {
        WatchQuery query = language.check(text).query();
        assertThat(query).isNotNull();
        assertThat(new Plain(new Messages(), Locale.ENGLISH).text(query)).isEqualTo(expected);
    }

    @Test
    void is_told_in_plain_french() {
        WatchQuery query = language.check("(maire OU préfet) ONEAR/1 \"eau potable\" SAUF #pub")
                .query();
        assertThat(query).isNotNull();
        assertThat(new Plain(new Messages(), Locale.FRENCH).text(query))
                .isEqualTo(
                        "Correspond à ce qui contient (le mot «\u00a0maire\u00a0» ou le mot «\u00a0préfet\u00a0») puis les mots"
                                + " «\u00a0eau potable\u00a0» côte à côte, avec 1 mot d’écart au plus et nulle part le mot-dièse #pub");
    }

    @Test
    void every_fault_has_its_text_with_nothing_left_open() {
        List<String> texts =
                new ArrayList<>(List.of("(", "a OR -b", "{absente}", "vi*", "a NEAR/99 b", "a,b", "site:@a"));
        for (String text : texts) {
            for (Finding finding : language.check(text).findings()) {
                for (Locale locale : List.of(Locale.FRENCH, Locale.ENGLISH)) {
                    assertThat(new Messages().text(finding.message(), locale))
                            .doesNotContainPattern("\\{(at|text|limit)");
                }
            }
        }
    }
}
