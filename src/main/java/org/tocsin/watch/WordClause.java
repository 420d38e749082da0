package org.tocsin.watch;

import java.util.List;
import org.tocsin.analysis.Token;

/** One word without ado: the commonest clause, kept small. */
record WordClause(String form, Scope scope, boolean acronym) implements Clause {
    @Override
    public boolean test(Heard heard) {
        Passage passage = heard.passage(scope);
        int bound = heard.bound(scope);
        for (int i = passage.first(Token.Kind.WORD, form); i >= 0; i = passage.next(i)) {
            if (passage.start(i) >= bound) {
                return false;
            }
            if (!acronym || Element.isAcronym(passage.token(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void spans(Heard heard, Spans spans) {
        Passage passage = heard.passage(scope);
        int bound = heard.bound(scope);
        for (int i = passage.first(Token.Kind.WORD, form); i >= 0; i = passage.next(i)) {
            if (passage.start(i) < bound && (!acronym || Element.isAcronym(passage.token(i)))) {
                spans.add(passage.start(i), passage.end(i), i, i);
            }
        }
    }

    @Override
    public double anchors(Rarity rarity, List<Anchor> anchors) {
        Anchor anchor = new Anchor(Anchors.word(scope), form);
        anchors.add(anchor);
        return rarity.of(anchor);
    }

    @Override
    public Need need() {
        return new Need.One(new Anchor(Anchors.word(scope), form));
    }

    @Override
    public int effort() {
        return 1;
    }
}
