package org.tocsin.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.tocsin.analysis.Token;

/** Clauses joined together. */
final class Junction {
    private Junction() {}

    /** All of them. */
    record All(Clause[] clauses) implements Clause {
        static All of(List<Clause> clauses) {
            return new All(clauses.stream()
                    .sorted(Comparator.comparingInt(Clause::effort))
                    .toArray(Clause[]::new));
        }

        @Override
        public boolean test(Heard heard) {
            for (Clause clause : clauses) {
                if (!clause.test(heard)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void hits(Heard heard, Hits hits) {
            for (Clause clause : clauses) {
                clause.hits(heard, hits);
            }
        }

        @Override
        public double anchors(Rarity rarity, List<Anchor> anchors) {
            return Anchors.cheapest(List.of(clauses), rarity, anchors);
        }

        @Override
        public Need need() {
            return Need.all(Arrays.stream(clauses).map(Clause::need).toList());
        }

        @Override
        public int effort() {
            return 4;
        }
    }

    /** At least one of them. */
    record Any(Clause[] clauses) implements Clause {
        @Override
        public boolean test(Heard heard) {
            for (Clause clause : clauses) {
                if (clause.test(heard)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void spans(Heard heard, Spans spans) {
            for (Clause clause : clauses) {
                clause.spans(heard, spans);
            }
        }

        @Override
        public Scope scope() {
            return clauses[0].scope();
        }

        @Override
        public void hits(Heard heard, Hits hits) {
            for (Clause clause : clauses) {
                if (clause.test(heard)) {
                    clause.hits(heard, hits);
                }
            }
        }

        @Override
        public double anchors(Rarity rarity, List<Anchor> anchors) {
            return Anchors.sum(List.of(clauses), rarity, anchors);
        }

        @Override
        public Need need() {
            return Need.some(1, Arrays.stream(clauses).map(Clause::need).toList());
        }

        @Override
        public int effort() {
            return 4;
        }
    }

    /** One of many plain words: asked of the item's words where these are fewer. */
    record AnyWord(Set<String> forms, Scope scope) implements Clause {
        @Override
        public boolean test(Heard heard) {
            Passage passage = heard.passage(scope);
            int bound = heard.bound(scope);
            for (int i = 0; i < passage.size() && passage.start(i) < bound; i++) {
                if (isOne(passage.token(i))) {
                    return true;
                }
            }
            return false;
        }

        private boolean isOne(Token token) {
            return token.kind() == Token.Kind.WORD && forms.contains(token.form());
        }

        @Override
        public void spans(Heard heard, Spans spans) {
            Passage passage = heard.passage(scope);
            int bound = heard.bound(scope);
            for (int i = 0; i < passage.size() && passage.start(i) < bound; i++) {
                if (isOne(passage.token(i))) {
                    spans.add(passage.start(i), passage.end(i), i, i);
                }
            }
        }

        @Override
        public double anchors(Rarity rarity, List<Anchor> anchors) {
            double sum = 0;
            for (String form : forms) {
                Anchor anchor = new Anchor(Anchors.word(scope), form);
                anchors.add(anchor);
                sum += rarity.of(anchor);
            }
            return sum;
        }

        @Override
        public Need need() {
            return Need.some(
                    1,
                    forms.stream()
                            .<Need>map(form -> new Need.One(new Anchor(Anchors.word(scope), form)))
                            .toList());
        }

        @Override
        public int effort() {
            return 2;
        }
    }

    /** Not this one. */
    record None(Clause clause) implements Clause {
        @Override
        public boolean test(Heard heard) {
            return !clause.test(heard);
        }

        @Override
        public void hits(Heard heard, Hits hits) {
            // What is not there cannot be shown.
        }

        @Override
        public double anchors(Rarity rarity, List<Anchor> anchors) {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public Need need() {
            return new Need.Nothing();
        }

        @Override
        public int effort() {
            return 4;
        }
    }

    /** So many of them at least. */
    record Least(int least, Clause[] clauses) implements Clause {
        @Override
        public boolean test(Heard heard) {
            int found = 0;
            for (int i = 0; i < clauses.length && found < least && found + clauses.length - i >= least; i++) {
                found += clauses[i].test(heard) ? 1 : 0;
            }
            return found >= least;
        }

        @Override
        public void hits(Heard heard, Hits hits) {
            for (Clause clause : clauses) {
                if (clause.test(heard)) {
                    clause.hits(heard, hits);
                }
            }
        }

        /** Where n of m must be there, one of any m − n + 1 is: the cheapest so many. */
        @Override
        public double anchors(Rarity rarity, List<Anchor> anchors) {
            record Costed(double cost, List<Anchor> anchors) {}
            List<Costed> costed = new ArrayList<>();
            for (Clause clause : clauses) {
                List<Anchor> own = new ArrayList<>();
                double cost = clause.anchors(rarity, own);
                costed.add(new Costed(cost, own));
            }
            costed.sort(Comparator.comparingDouble(Costed::cost));
            double sum = 0;
            for (Costed one : costed.subList(0, clauses.length - least + 1)) {
                sum += one.cost();
                anchors.addAll(one.anchors());
            }
            return sum;
        }

        @Override
        public Need need() {
            return Need.some(least, Arrays.stream(clauses).map(Clause::need).toList());
        }

        @Override
        public int effort() {
            return 5;
        }
    }
}
