package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One word of a phrase: its parts one after the other, or all of them glued. */
record Step(List<Element> path, @Nullable Element glued) {
    Step {
        path = List.copyOf(path);
    }

    /** Adds every place where the word stands. */
    void starts(Passage passage, int bound, Spans spans) {
        Spans first = new Spans();
        SequenceClause.all(passage, bound, path.getFirst(), first);
        for (int i = 0; i < first.size(); i++) {
            walk(passage, first, i, 1, spans);
        }
        if (glued != null) {
            SequenceClause.all(passage, bound, glued, spans);
        }
    }

    /** Adds every place where the word follows on the span at {@code index}, together with that span. */
    void follow(Passage passage, Spans before, int index, Spans spans) {
        walk(passage, before, index, 0, spans);
        if (glued != null) {
            next(passage, glued, before, index, spans);
        }
    }

    /** From each place to every end once, whatever number of forms leads there. */
    private void walk(Passage passage, Spans before, int index, int part, Spans spans) {
        if (part == path.size()) {
            spans.addNew(before.start(index), before.end(index), before.firstToken(index), before.lastToken(index));
            return;
        }
        Spans reached = new Spans();
        reached.add(before.start(index), before.end(index), before.firstToken(index), before.lastToken(index));
        for (int i = part; i < path.size(); i++) {
            Spans further = new Spans();
            for (int j = 0; j < reached.size(); j++) {
                next(passage, path.get(i), reached, j, further);
            }
            reached = further;
        }
        for (int i = 0; i < reached.size(); i++) {
            spans.addNew(reached.start(i), reached.end(i), reached.firstToken(i), reached.lastToken(i));
        }
    }

    private static void next(Passage passage, Element element, Spans before, int index, Spans spans) {
        int position = before.end(index);
        for (int i = passage.at(position); i < passage.size() && passage.start(i) == position; i++) {
            if (element.accepts(passage.token(i))) {
                spans.addNew(before.start(index), passage.end(i), before.firstToken(index), i);
            }
        }
    }

    Need need(Scope scope) {
        Need parts =
                Need.all(path.stream().map(part -> Anchors.need(part, scope)).toList());
        return glued == null ? parts : Need.some(1, List.of(parts, Anchors.need(glued, scope)));
    }

    double anchors(Scope scope, Rarity rarity, List<Anchor> anchors) {
        double best = Double.POSITIVE_INFINITY;
        List<Anchor> chosen = List.of();
        for (Element element : path) {
            List<Anchor> own = new ArrayList<>();
            double cost = Anchors.element(element, scope, rarity, own);
            if (cost < best) {
                best = cost;
                chosen = own;
            }
        }
        anchors.addAll(chosen);
        return glued == null ? best : best + Anchors.element(glued, scope, rarity, anchors);
    }
}
