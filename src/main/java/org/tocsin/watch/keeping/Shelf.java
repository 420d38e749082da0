package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * What was told last, to be found by a mark. Chains through an array, the newest first, as where a compressor looks for what it has seen (RFC 1951,
 * section 4): what is overwritten ends a chain, so that nothing needs to be taken out. The memory is the same however much is told.
 */
final class Shelf {
    /** The newest that are known: who tells more within three days is read by nobody. */
    static final int MOST = 20_000;

    /** Four bands and six rare words. */
    private static final int MARKS = 10;

    private static final int BUCKETS = 1 << 16;
    private static final long NONE = -1;

    /** So many steps of one chain at most, whatever else it holds. */
    private static final int STEPS = 4_000;

    /**
     * A story that was told.
     *
     * @param id    of its row
     * @param marks of its traits
     * @param at    when it was told
     */
    record Entry(long id, BranchId branch, Traits traits, List<Traits.Mark> marks, String storyId, Instant at) {
        Entry {
            marks = List.copyOf(marks);
        }

        static Entry of(long id, BranchId branch, Traits traits, String storyId, Instant at) {
            return new Entry(id, branch, traits, traits.marks(), storyId, at);
        }
    }

    private final @Nullable Entry[] entries;
    private final long[] before;
    private final long[] heads;
    private long count;

    Shelf() {
        this.entries = new Entry[MOST];
        this.before = new long[MOST * MARKS];
        this.heads = new long[BUCKETS];
    }

    void add(Entry entry) {
        int slot = (int) (count % MOST);
        entries[slot] = entry;
        int mark = 0;
        for (Traits.Mark one : entry.marks()) {
            long place = count * MARKS + mark;
            int bucket = bucket(entry.branch(), one);
            // Heads hold one more than the place, so that nothing needs to be filled in.
            before[slot * MARKS + mark] = heads[bucket] - 1;
            heads[bucket] = place + 1;
            mark++;
        }
        count++;
    }

    /**
     * @param wanted which of those that have the mark
     * @param most   so many that have it are asked for, the newest first
     * @return the first that is wanted; null for none
     */
    @Nullable
    Entry find(BranchId branch, Traits.Mark mark, int most, Predicate<Entry> wanted) {
        long oldest = Math.max(0, count - MOST);
        int left = most;
        int steps = 0;
        for (long place = heads[bucket(branch, mark)] - 1;
                place > NONE && place / MARKS >= oldest && left > 0 && steps < STEPS;
                place = before[(int) (place % before.length)]) {
            steps++;
            Entry entry = Objects.requireNonNull(entries[(int) (place / MARKS % MOST)]);
            if (mark.equals(entry.marks().get((int) (place % MARKS))) && branch.equals(entry.branch())) {
                left--;
                if (wanted.test(entry)) {
                    return entry;
                }
            }
        }
        return null;
    }

    private static int bucket(BranchId branch, Traits.Mark mark) {
        int hash = (branch.hashCode() * 31 + mark.kind()) * 31 + mark.value();
        hash *= 0x9E3779B9;
        return hash >>> 16;
    }
}
