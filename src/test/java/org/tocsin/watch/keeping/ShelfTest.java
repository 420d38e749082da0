package org.tocsin.watch.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;

/** What is found is what a look at everything would find. */
class ShelfTest {
    private static final Instant NOW = Instant.parse("2031-03-01T10:00:00Z");
    private static final BranchId OTHER = new BranchId("other");

    private static Shelf.Entry entry(long id, BranchId branch, Traits.Mark... marks) {
        return new Shelf.Entry(id, branch, Traits.NONE, List.of(marks), "s" + id, NOW);
    }

    @Test
    void the_newest_that_has_the_mark_is_found_as_by_a_look_at_all_that_is_left() {
        Random random = new Random(7);
        Shelf shelf = new Shelf();
        List<Shelf.Entry> all = new ArrayList<>();
        for (int id = 0; id < Shelf.MOST + 7_000; id++) {
            Shelf.Entry entry = entry(
                    id,
                    random.nextInt(10) == 0 ? OTHER : BranchId.MAIN,
                    new Traits.Mark(0, random.nextInt(3_000)),
                    new Traits.Mark(4, random.nextInt(60_000)));
            shelf.add(entry);
            all.add(entry);
        }
        List<Shelf.Entry> left =
                all.subList(all.size() - Shelf.MOST, all.size()).reversed();
        int found = 0;
        for (int look = 0; look < 400; look++) {
            BranchId branch = random.nextBoolean() ? BranchId.MAIN : OTHER;
            Traits.Mark mark = look % 2 == 0
                    ? new Traits.Mark(0, random.nextInt(3_000))
                    : new Traits.Mark(4, random.nextInt(60_000));
            long odd = random.nextInt(2);
            Optional<Shelf.Entry> expected = left.stream()
                    .filter(one -> one.branch().equals(branch) && one.marks().contains(mark))
                    .filter(one -> one.id() % 2 == odd)
                    .findFirst();
            assertThat(Optional.ofNullable(shelf.find(branch, mark, 1_000, one -> one.id() % 2 == odd)))
                    .isEqualTo(expected);
            found += expected.isPresent() ? 1 : 0;
        }
        assertThat(found).isBetween(100, 399);
    }

    @Test
    void no_more_than_so_many_are_looked_at() {
        Shelf shelf = new Shelf();
        Traits.Mark mark = new Traits.Mark(4, 1);
        for (int id = 0; id < 100; id++) {
            shelf.add(entry(id, BranchId.MAIN, mark));
        }
        List<Long> seen = new ArrayList<>();
        assertThat(shelf.find(BranchId.MAIN, mark, 3, one -> !seen.add(one.id())))
                .isNull();
        assertThat(seen).containsExactly(99L, 98L, 97L);
    }
}
