package org.tocsin.watch;

import java.util.Arrays;
import java.util.List;

/**
 * Two things with at most so many words between them, which do not overlap: from the end of one to the start of the other.
 *
 * @param distance 0 for side by side
 */
record NearClause(Clause left, Clause right, int distance, boolean ordered) implements Clause {
    @Override
    public boolean test(Heard heard) {
        Spans lefts = new Spans();
        left.spans(heard, lefts);
        if (lefts.isEmpty()) {
            return false;
        }
        Spans rights = new Spans();
        right.spans(heard, rights);
        if (rights.isEmpty()) {
            return false;
        }
        int[] starts = rights.starts();
        int[] ends = rights.ends();
        for (int i = 0; i < lefts.size(); i++) {
            if (isNear(lefts, i, starts, ends, true)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the others begins soon after the span ends, or ends soon before it begins. */
    private boolean isNear(Spans spans, int index, int[] starts, int[] ends, boolean isLeft) {
        boolean after = contains(starts, spans.end(index), spans.end(index) + distance);
        boolean before = contains(ends, spans.start(index) - distance, spans.start(index));
        return isLeft ? after || (!ordered && before) : before || (!ordered && after);
    }

    private static boolean contains(int[] sorted, int from, int to) {
        int at = Arrays.binarySearch(sorted, from);
        int first = at < 0 ? -at - 1 : at;
        return first < sorted.length && sorted[first] <= to;
    }

    @Override
    public void hits(Heard heard, Hits hits) {
        Spans lefts = new Spans();
        Spans rights = new Spans();
        left.spans(heard, lefts);
        right.spans(heard, rights);
        hits.add(left.scope(), paired(lefts, rights, true));
        hits.add(right.scope(), paired(rights, lefts, false));
    }

    private Spans paired(Spans spans, Spans others, boolean isLeft) {
        int[] starts = others.starts();
        int[] ends = others.ends();
        Spans paired = new Spans();
        for (int i = 0; i < spans.size(); i++) {
            if (isNear(spans, i, starts, ends, isLeft)) {
                paired.add(spans.start(i), spans.end(i), spans.firstToken(i), spans.lastToken(i));
            }
        }
        return paired;
    }

    @Override
    public double anchors(Rarity rarity, List<Anchor> anchors) {
        return Anchors.cheapest(List.of(left, right), rarity, anchors);
    }

    @Override
    public Need need() {
        return Need.all(List.of(left.need(), right.need()));
    }

    @Override
    public int effort() {
        return 5;
    }
}
