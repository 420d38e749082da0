package org.tocsin.watch;

import java.util.List;
import org.tocsin.analysis.Token;

/** A handle that is mentioned, in the text or beside it. Without a server it meets that name on any. */
record HandleClause(String form) implements Clause {
    @Override
    public boolean test(Heard heard) {
        if (!heard.item().mentions().isEmpty() && heard.givenHandles().contains(form)) {
            return true;
        }
        return heard.body().first(Token.Kind.HANDLE, form) >= 0;
    }

    @Override
    public void spans(Heard heard, Spans spans) {
        Element element = new Element.Form(Token.Kind.HANDLE, form, null, false);
        SequenceClause.all(heard.body(), Integer.MAX_VALUE, element, spans);
    }

    @Override
    public double anchors(Rarity rarity, List<Anchor> anchors) {
        Anchor anchor = new Anchor(Anchor.Kind.HANDLE, form);
        anchors.add(anchor);
        return rarity.of(anchor);
    }

    @Override
    public Need need() {
        return new Need.One(new Anchor(Anchor.Kind.HANDLE, form));
    }

    @Override
    public int effort() {
        return 1;
    }
}
