package org.tocsin.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Words in any order with at most so many others between them; no token counts twice. One pass over the places of the words: for each set of
 * words found so far it keeps the fewest positions that were skipped, so that the work grows with the text and not with its combinations.
 */
record LooseClause(List<Step> steps, int slop, Scope scope) implements Clause {
    private static final int NONE = Integer.MAX_VALUE / 2;

    LooseClause {
        steps = List.copyOf(steps);
    }

    /** A place of one of the words. */
    private record Place(int start, int end, int word, int firstToken, int lastToken) {}

    /** Words found, ending at a position: {@code balance} is the positions skipped less the position. */
    private record Partial(int end, int words, int balance, int start, int firstToken) {}

    @Override
    public boolean test(Heard heard) {
        Spans spans = new Spans();
        walk(heard, spans, true);
        return !spans.isEmpty();
    }

    @Override
    public void spans(Heard heard, Spans spans) {
        walk(heard, spans, false);
    }

    private void walk(Heard heard, Spans spans, boolean firstOnly) {
        int all = (1 << steps.size()) - 1;
        Partial[] best = new Partial[all + 1];
        PriorityQueue<Partial> pending = new PriorityQueue<>(Comparator.comparingInt(Partial::end));
        for (Place place : places(heard)) {
            while (!pending.isEmpty() && pending.peek().end() <= place.start()) {
                keep(best, pending.remove());
            }
            for (Partial partial : further(best, place)) {
                if (partial.words() != all) {
                    pending.add(partial);
                    continue;
                }
                spans.add(partial.start(), partial.end(), partial.firstToken(), place.lastToken());
                if (firstOnly) {
                    return;
                }
            }
        }
    }

    private List<Place> places(Heard heard) {
        List<Place> places = new ArrayList<>();
        for (int word = 0; word < steps.size(); word++) {
            Spans spans = new Spans();
            steps.get(word).starts(heard.passage(scope), heard.bound(scope), spans);
            if (spans.isEmpty()) {
                return List.of();
            }
            for (int i = 0; i < spans.size(); i++) {
                places.add(new Place(spans.start(i), spans.end(i), word, spans.firstToken(i), spans.lastToken(i)));
            }
        }
        places.sort(Comparator.comparingInt(Place::start));
        return places;
    }

    private static void keep(Partial[] best, Partial partial) {
        Partial known = best[partial.words()];
        if (known == null || partial.balance() < known.balance()) {
            best[partial.words()] = partial;
        }
    }

    private List<Partial> further(Partial[] best, Place place) {
        int bit = 1 << place.word();
        List<Partial> further = new ArrayList<>();
        further.add(new Partial(place.end(), bit, -place.end(), place.start(), place.firstToken()));
        int[] skipped = new int[best.length];
        Arrays.fill(skipped, NONE);
        for (Partial partial : best) {
            if (partial == null || (partial.words() & bit) != 0) {
                continue;
            }
            int skips = partial.balance() + place.start();
            int words = partial.words() | bit;
            if (skips <= slop && skips < skipped[words]) {
                skipped[words] = skips;
                further.add(
                        new Partial(place.end(), words, skips - place.end(), partial.start(), partial.firstToken()));
            }
        }
        return further;
    }

    @Override
    public double anchors(Rarity rarity, List<Anchor> anchors) {
        return new SequenceClause(steps, scope).anchors(rarity, anchors);
    }

    @Override
    public Need need() {
        return new SequenceClause(steps, scope).need();
    }

    @Override
    public int effort() {
        return 6;
    }
}
