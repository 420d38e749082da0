package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.analysis.Token;

/** Words side by side: a phrase, or the parts of a compound. */
record SequenceClause(List<Step> steps, Scope scope) implements Clause {
    SequenceClause {
        steps = List.copyOf(steps);
    }

    @Override
    public boolean test(Heard heard) {
        return walk(heard, new Spans(), true);
    }

    @Override
    public void spans(Heard heard, Spans spans) {
        walk(heard, spans, false);
    }

    private boolean walk(Heard heard, Spans spans, boolean firstOnly) {
        Passage passage = heard.passage(scope);
        int bound = heard.bound(scope);
        Spans starts = new Spans();
        steps.getFirst().starts(passage, bound, starts);
        for (int i = 0; i < starts.size(); i++) {
            Spans reached = new Spans();
            reached.add(starts.start(i), starts.end(i), starts.firstToken(i), starts.lastToken(i));
            for (int step = 1; step < steps.size() && !reached.isEmpty(); step++) {
                Spans further = new Spans();
                for (int j = 0; j < reached.size(); j++) {
                    steps.get(step).follow(passage, reached, j, further);
                }
                reached = further;
            }
            for (int j = 0; j < reached.size(); j++) {
                spans.add(reached.start(j), reached.end(j), reached.firstToken(j), reached.lastToken(j));
            }
            if (firstOnly && !reached.isEmpty()) {
                return true;
            }
        }
        return !spans.isEmpty();
    }

    @Override
    public double anchors(Rarity rarity, List<Anchor> anchors) {
        double best = Double.POSITIVE_INFINITY;
        List<Anchor> chosen = List.of();
        for (Step step : steps) {
            List<Anchor> own = new ArrayList<>();
            double cost = step.anchors(scope, rarity, own);
            if (cost < best) {
                best = cost;
                chosen = own;
            }
        }
        anchors.addAll(chosen);
        return best;
    }

    @Override
    public Need need() {
        return Need.all(steps.stream().map(step -> step.need(scope)).toList());
    }

    @Override
    public int effort() {
        return 3;
    }

    /** Adds all tokens that an element accepts. */
    static void all(Passage passage, int bound, Element element, Spans spans) {
        if (element instanceof Element.Form form) {
            for (int i = passage.first(form.kind(), form.form()); i >= 0; i = passage.next(i)) {
                if (passage.start(i) < bound && form.suits(passage.token(i))) {
                    spans.add(passage.start(i), passage.end(i), i, i);
                }
            }
            return;
        }
        for (int i = 0; i < passage.size() && passage.start(i) < bound; i++) {
            Token token = passage.token(i);
            if (element.accepts(token)) {
                spans.add(passage.start(i), passage.end(i), i, i);
            }
        }
    }
}
