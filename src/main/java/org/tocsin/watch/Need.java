package org.tocsin.watch;

import java.util.List;

/**
 * What an item must have for a watch to match, as far as an index can tell: an item that matches fulfils it, and one that fulfils it is
 * verified by the plan.
 */
public sealed interface Need {
    /** Nothing that an index could tell: every item is a candidate. */
    record Nothing() implements Need {}

    /** One anchor. */
    record One(Anchor anchor) implements Need {}

    /** All of them; not empty. */
    record All(List<Need> of) implements Need {
        public All {
            of = List.copyOf(of);
        }
    }

    /** @param least how many of them at least, 1 to their number */
    record Some(int least, List<Need> of) implements Need {
        public Some {
            of = List.copyOf(of);
        }
    }

    /** @return what is fulfilled where all are */
    static Need all(List<Need> of) {
        List<Need> telling = of.stream()
                .filter(need -> !(need instanceof Nothing))
                .distinct()
                .toList();
        return switch (telling.size()) {
            case 0 -> new Nothing();
            case 1 -> telling.getFirst();
            default -> new All(telling);
        };
    }

    /** @return what is fulfilled where so many are: who asks nothing is always fulfilled */
    static Need some(int least, List<Need> of) {
        List<Need> telling =
                of.stream().filter(need -> !(need instanceof Nothing)).toList();
        int left = least - (of.size() - telling.size());
        if (left <= 0) {
            return new Nothing();
        }
        return telling.size() == 1 ? telling.getFirst() : new Some(left, telling);
    }
}
