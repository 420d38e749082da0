package org.tocsin.watch;

/** A part of a compiled watch. Stateless, so that all threads share it. */
sealed interface Clause
        permits WordClause,
                SequenceClause,
                LooseClause,
                NearClause,
                TagClause,
                HandleClause,
                ValueClause,
                CountClause,
                Junction.All,
                Junction.Any,
                Junction.AnyWord,
                Junction.None,
                Junction.Least {
    /** @return whether it holds for the item */
    boolean test(Heard heard);

    /** Adds every place where it holds; only words, phrases, tags, handles and alternatives of them have places. */
    default void spans(Heard heard, Spans spans) {}

    /** Adds what made it hold, for highlighting; called only where it holds. */
    default void hits(Heard heard, Hits hits) {
        Spans spans = new Spans();
        spans(heard, spans);
        hits.add(scope(), spans);
    }

    /** @return in whose positions its places are */
    default Scope scope() {
        return Scope.BODY;
    }

    /** Adds anchors of which an item that matches has at least one. @return what they cost; infinite where there are none */
    double anchors(Rarity rarity, java.util.List<Anchor> anchors);

    /** @return what an item must have for it to hold, as far as an index can tell */
    Need need();

    /** @return the rank in which it is tried beside others, cheapest first */
    int effort();
}
