package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.analysis.Token;

/** Chooses anchors. */
final class Anchors {
    private Anchors() {}

    static Anchor.Kind word(Scope scope) {
        return switch (scope) {
            case BODY, TITLE -> Anchor.Kind.WORD;
            case AUTHOR -> Anchor.Kind.NAME;
            case ADDRESS -> Anchor.Kind.ADDRESS;
        };
    }

    /** Of several that must all be there: those of the cheapest. */
    static double cheapest(List<? extends Clause> all, Rarity rarity, List<Anchor> anchors) {
        double best = Double.POSITIVE_INFINITY;
        List<Anchor> chosen = List.of();
        for (Clause clause : all) {
            List<Anchor> own = new ArrayList<>();
            double cost = clause.anchors(rarity, own);
            if (cost < best) {
                best = cost;
                chosen = own;
            }
        }
        anchors.addAll(chosen);
        return best;
    }

    /** Of several of which one must be there: those of each. */
    static double sum(List<? extends Clause> any, Rarity rarity, List<Anchor> anchors) {
        double sum = 0;
        for (Clause clause : any) {
            sum += clause.anchors(rarity, anchors);
        }
        return sum;
    }

    static double element(Element element, Scope scope, Rarity rarity, List<Anchor> anchors) {
        if (!(need(element, scope) instanceof Need.One(Anchor anchor))) {
            return Double.POSITIVE_INFINITY;
        }
        anchors.add(anchor);
        return rarity.of(anchor);
    }

    /** Outside title and text, only whole words have keys. */
    static Need need(Element element, Scope scope) {
        boolean body = scope == Scope.BODY || scope == Scope.TITLE;
        boolean word = element instanceof Element.Form form && form.kind() == Token.Kind.WORD;
        if (!body && !word) {
            return new Need.Nothing();
        }
        return new Need.One(
                switch (element) {
                    case Element.Form form
                    when form.kind() == Token.Kind.HANDLE -> new Anchor(Anchor.Kind.HANDLE, form.form());
                    case Element.Form form -> new Anchor(word(scope), form.form());
                    case Element.Beginning beginning -> new Anchor(Anchor.Kind.BEGINNING, beginning.form());
                    case Element.Pattern pattern -> new Anchor(Anchor.Kind.BEGINNING, literal(pattern.pattern()));
                    case Element.Stem stem -> new Anchor(Anchor.Kind.STEM, stem.stem());
                });
    }

    private static String literal(String pattern) {
        int end = 0;
        while (end < pattern.length() && pattern.charAt(end) != '?' && pattern.charAt(end) != '*') {
            end++;
        }
        return pattern.substring(0, end);
    }
}
