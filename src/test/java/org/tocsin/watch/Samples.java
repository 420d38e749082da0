package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.Item;
import org.tocsin.mention.ItemKind;

/** Random watches and random items from one small vocabulary, so that they meet often. */
final class Samples {
    private static final String[] WORDS = {
        "eau",
        "Eau",
        "maire",
        "Maire",
        "MAIRE",
        "AI",
        "ai",
        "l'AI",
        "j'ai",
        "J'AI",
        "d’AI",
        "école",
        "l'école",
        "L’ÉCOLE",
        "ecole",
        "Saint-Denis",
        "St Denis",
        "saintdenis",
        "#SaintDenis",
        "COVID-19",
        "covid19",
        "covid 19",
        "citoyen·ne·s",
        "citoyenne",
        "élu(e)s",
        "élue",
        "aujourd'hui",
        "aujourd’hui",
        "d'Artagnan",
        "artagnan",
        "O'Connor",
        "Macron's",
        "Macron",
        "subvention",
        "subventions",
        "#EauPotable",
        "#eaupotable",
        "potable",
        "@maire",
        "@maire@ville.social",
        "C++",
        "C",
        "Google+",
        "google",
        "O.N.U.",
        "ONU",
        "onu",
        "n°12",
        "12",
        "ville.fr",
        "ville",
        "fr",
        "https://www.ex.fr/eau/ville?x=1",
        "日本語",
        "日本",
        "👍🏽",
        "👍",
        "œuvre",
        "oeuvre",
        "et",
        "rue",
        "gray",
        "grey",
        "c'est",
        "CAF",
        "caf",
        "le",
        "la"
    };
    private static final String[] ASKED = {
        "eau",
        "maire",
        "Maire",
        "AI",
        "ai",
        "école",
        "l'école",
        "ecole",
        "Saint-Denis",
        "saintdenis",
        "St-Denis",
        "COVID-19",
        "covid19",
        "citoyenne",
        "citoyen·ne·s",
        "élus",
        "aujourd'hui",
        "d'Artagnan",
        "artagnan",
        "O'Connor",
        "oconnor",
        "Macron",
        "subvention",
        "eaupotable",
        "potable",
        "C++",
        "C",
        "Google+",
        "google",
        "ONU",
        "onu",
        "n°12",
        "12",
        "ville.fr",
        "ville",
        "日本語",
        "日本",
        "👍🏽",
        "👍",
        "œuvre",
        "rue",
        "CAF",
        "le",
        "la",
        "fr",
        "denis",
        "saint",
        "19"
    };
    private static final String[] BEGINNINGS = {
        "subv", "éco", "mair", "saint", "saint-d", "covid-1", "cit", "goo", "eaup", "Macr", "aujourd'h"
    };
    private static final String[] PATTERNS = {"gr?y", "ma?re", "eau?", "vil?e", "ci?oy*", "on?u", "sub?"};
    private static final String[] PLAIN = {
        "eau", "maire", "ville", "rue", "potable", "denis", "école", "subvention", "le", "la"
    };

    private Samples() {}

    static Arbitrary<WatchQuery> watches() {
        return queries(2);
    }

    static Arbitrary<WatchQuery> queries(int depth) {
        if (depth == 0) {
            return atoms();
        }
        Arbitrary<WatchQuery> inner = Arbitraries.lazy(() -> queries(depth - 1));
        Arbitrary<List<WatchQuery>> several = inner.list().ofMinSize(2).ofMaxSize(3);
        return Arbitraries.frequencyOf(
                Tuple.of(7, atoms()),
                Tuple.of(5, several.map(WatchQuery.Or::new)),
                Tuple.of(1, several.map(WatchQuery.And::new)),
                Tuple.of(
                        2,
                        Combinators.combine(inner, inner)
                                .as((one, other) -> new WatchQuery.And(List.of(one, new WatchQuery.Not(other))))),
                Tuple.of(3, near()),
                Tuple.of(
                        1,
                        Combinators.combine(several, Arbitraries.integers().between(1, 3))
                                .as((of, least) -> new WatchQuery.Some(Math.min(least, of.size()), of))),
                Tuple.of(2, scoped()));
    }

    private static Arbitrary<WatchQuery> near() {
        Arbitrary<WatchQuery> side = Arbitraries.frequencyOf(
                Tuple.of(5, words()),
                Tuple.of(2, phrase(false)),
                Tuple.of(1, tags()),
                Tuple.of(2, words().list().ofSize(2).map(WatchQuery.Or::new)));
        return Combinators.combine(side, side, Arbitraries.integers().between(0, 6), Arbitraries.of(true, false))
                .as(WatchQuery.Near::new);
    }

    private static Arbitrary<WatchQuery> words() {
        return Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.of(ASKED).map(word -> new WatchQuery.Word(word, WatchQuery.How.PLAIN))),
                Tuple.of(
                        3, Arbitraries.of(BEGINNINGS).map(word -> new WatchQuery.Word(word, WatchQuery.How.BEGINNING))),
                Tuple.of(2, Arbitraries.of(PATTERNS).map(word -> new WatchQuery.Word(word, WatchQuery.How.PATTERN))),
                Tuple.of(2, Arbitraries.of(ASKED).map(word -> new WatchQuery.Word(word, WatchQuery.How.EXACT))),
                Tuple.of(
                        1,
                        Arbitraries.of("subventions", "citoyennes", "maires", "Saint-Denis")
                                .map(word -> new WatchQuery.Word(word, WatchQuery.How.STEM))));
    }

    private static Arbitrary<WatchQuery> phrase(boolean loose) {
        Arbitrary<Integer> slop = loose ? Arbitraries.integers().between(1, 5) : Arbitraries.just(0);
        return Combinators.combine(
                        Arbitraries.of(ASKED).list().ofMinSize(2).ofMaxSize(3),
                        slop,
                        Arbitraries.of(true, false, false))
                .as((words, between, exact) ->
                        new WatchQuery.Phrase(String.join(" ", words), between, exact && between == 0));
    }

    private static Arbitrary<WatchQuery> tags() {
        return Arbitraries.of(
                new WatchQuery.Tag("EauPotable", false),
                new WatchQuery.Tag("saintdenis", false),
                new WatchQuery.Tag("eau", true),
                new WatchQuery.Tag("Conseil", true));
    }

    static Arbitrary<WatchQuery> atoms() {
        return Arbitraries.frequencyOf(
                Tuple.of(10, words()),
                Tuple.of(2, phrase(false)),
                Tuple.of(2, phrase(true)),
                Tuple.of(1, tags()),
                Tuple.of(
                        1,
                        Arbitraries.of("maire", "maire@ville.social", "prefet").map(WatchQuery.Handle::new)),
                Tuple.of(1, Arbitraries.of("rues", "noms").map(WatchQuery.Listed::new)));
    }

    private static Arbitrary<WatchQuery> scoped() {
        Arbitrary<WatchQuery> titles = Arbitraries.oneOf(
                        words(), near(), phrase(true), words().list().ofSize(2).map(WatchQuery.And::new))
                .map(of -> new WatchQuery.Scoped(WatchQuery.Field.TITLE, of));
        Arbitrary<WatchQuery> addresses = Arbitraries.oneOf(
                        Arbitraries.of("eau", "ex.fr", "ville", "presse")
                                .map(word -> new WatchQuery.Word(word, WatchQuery.How.PLAIN)),
                        Arbitraries.just(new WatchQuery.Phrase("ex.fr/eau", 0, false)),
                        Arbitraries.just(new WatchQuery.Word("inond", WatchQuery.How.BEGINNING)))
                .map(of -> new WatchQuery.Scoped(WatchQuery.Field.URL, of));
        return Arbitraries.oneOf(
                titles,
                addresses,
                value(WatchQuery.Field.LANG, "fr", "fr-CA", "en"),
                value(WatchQuery.Field.SOURCE, "mastodon", "s1"),
                value(WatchQuery.Field.SITE, "ex.fr", "fr", "presse.example.org"),
                value(WatchQuery.Field.FROM, "maire", "dupont", "jean"),
                Arbitraries.of("maire", "dupont@ville.social")
                        .map(handle -> new WatchQuery.Scoped(WatchQuery.Field.FROM, new WatchQuery.Handle(handle))),
                value(WatchQuery.Field.TO, "maire", "prefet"),
                value(WatchQuery.Field.IS, "repost", "reply", "quote", "edited"),
                value(WatchQuery.Field.HAS, "link", "media", "tag"),
                Arbitraries.of(
                        new WatchQuery.Count(WatchQuery.Metric.LIKES, 10, Long.MAX_VALUE),
                        new WatchQuery.Count(WatchQuery.Metric.FOLLOWERS, 0, 99),
                        new WatchQuery.Count(WatchQuery.Metric.REPOSTS, 1, 20)));
    }

    private static Arbitrary<WatchQuery> value(WatchQuery.Field field, String... values) {
        return Arbitraries.of(values)
                .map(value -> new WatchQuery.Scoped(field, new WatchQuery.Word(value, WatchQuery.How.PLAIN)));
    }

    static Arbitrary<Item> items() {
        Arbitrary<String> text =
                Arbitraries.of(WORDS).list().ofMinSize(4).ofMaxSize(24).map(words -> String.join(" ", words));
        Arbitrary<String> title =
                Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(5).map(words -> String.join(" ", words));
        return Combinators.combine(
                        title.injectNull(0.6),
                        text,
                        Arbitraries.of("fr", "fr-CA", "en").injectNull(0.3),
                        Arbitraries.integers().between(0, 63),
                        Arbitraries.of(ItemKind.values()),
                        Arbitraries.longs().between(0, 200).injectNull(0.3))
                .as(Samples::item);
    }

    private static Item item(String title, String text, String language, int some, ItemKind kind, Long count) {
        boolean link = (some & 1) != 0;
        return new Item(
                title,
                text,
                language,
                (some & 2) != 0 ? "s1" : "s2",
                (some & 2) != 0 ? "mastodon" : "rss",
                link ? "https://presse.example.org/une/inondations" : null,
                (some & 4) != 0 ? "presse.example.org" : null,
                (some & 8) != 0 ? new Author("Jean Dupont, maire", "dupont@ville.social", null) : Author.unknown(),
                (some & 4) != 0 ? List.of("https://a.ex.fr/") : List.of(),
                (some & 16) != 0 ? List.of("Conseil Municipal") : List.of(),
                (some & 32) != 0 ? List.of("prefet@etat.social") : List.of(),
                kind,
                (some & 1) != 0,
                (some & 8) != 0,
                new Counts(count, count, null, count));
    }

    /** Watches and items of which an inverted index of single words tells the truth: no compounds, no places that overlap. */
    static Arbitrary<WatchQuery> plainWatches() {
        Arbitrary<WatchQuery> word = Arbitraries.of(PLAIN).map(one -> new WatchQuery.Word(one, WatchQuery.How.PLAIN));
        Arbitrary<WatchQuery> atom = Arbitraries.oneOf(
                word,
                Arbitraries.of("subv", "mai", "pot", "éco")
                        .map(one -> new WatchQuery.Word(one, WatchQuery.How.BEGINNING)),
                Arbitraries.of(PLAIN)
                        .list()
                        .ofSize(2)
                        .map(two -> new WatchQuery.Phrase(String.join(" ", two), 0, false)),
                Combinators.combine(word, word, Arbitraries.integers().between(0, 3), Arbitraries.of(true, false))
                        .as(WatchQuery.Near::new));
        Arbitrary<List<WatchQuery>> two = atom.list().ofSize(2);
        return Arbitraries.oneOf(
                atom,
                two.map(WatchQuery.Or::new),
                two.map(WatchQuery.And::new),
                Combinators.combine(atom, atom)
                        .as((one, other) -> new WatchQuery.And(List.of(one, new WatchQuery.Not(other)))));
    }

    static Arbitrary<Item> plainItems() {
        return Arbitraries.of(PLAIN).list().ofMinSize(1).ofMaxSize(10).map(words -> Item.of(String.join(" ", words)));
    }

    static WordLists lists() {
        return name -> switch (name) {
            case "rues" -> new WordList("rues", 1, List.of("rue", "Saint-Denis", "#EauPotable", "subv*"));
            case "noms" -> new WordList("noms", 3, names());
            default -> null;
        };
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("maire", "eau", "CAF", "ville fr"));
        for (int i = 0; i < 30; i++) {
            names.add("nom" + i);
        }
        return names;
    }
}
