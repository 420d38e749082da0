package org.tocsin.watch;

import java.util.List;
import org.tocsin.analysis.Token;

/** A tag, in the text or given beside it. */
record TagClause(String form, boolean beginning, Scope scope) implements Clause {
    @Override
    public boolean test(Heard heard) {
        if (scope == Scope.BODY && !heard.item().tags().isEmpty() && given(heard)) {
            return true;
        }
        Spans spans = new Spans();
        spans(heard, spans);
        return !spans.isEmpty();
    }

    private boolean given(Heard heard) {
        return beginning
                ? heard.givenTags().stream().anyMatch(tag -> tag.startsWith(form))
                : heard.givenTags().contains(form);
    }

    @Override
    public void spans(Heard heard, Spans spans) {
        Element element = beginning
                ? new Element.Beginning(Token.Kind.TAG, form)
                : new Element.Form(Token.Kind.TAG, form, null, false);
        SequenceClause.all(heard.body(), heard.bound(scope), element, spans);
    }

    @Override
    public double anchors(Rarity rarity, List<Anchor> anchors) {
        Anchor anchor = new Anchor(beginning ? Anchor.Kind.TAGS : Anchor.Kind.TAG, form);
        anchors.add(anchor);
        return rarity.of(anchor);
    }

    @Override
    public Need need() {
        return new Need.One(new Anchor(beginning ? Anchor.Kind.TAGS : Anchor.Kind.TAG, form));
    }

    @Override
    public int effort() {
        return 1;
    }
}
