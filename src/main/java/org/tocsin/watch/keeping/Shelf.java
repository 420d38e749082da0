package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * What was told last, to be found by a mark. Chains through an array, the newest first, as where a compressor looks for what it has seen (RFC 1951,
 * section 4): what is overwritten ends a chain, so that nothing needs to be taken out. It grows with what is told, up to a bound.
 */
final class Shelf {
    /** The newest that are known: who tells more within three days is read by nobody. */
    static final int MOST = 20_000;

    /** Four bands and six rare words. */
    private static final int MARKS = 10;

    private static final int FIRST = 64;
    private static final int BUCKETS_OF_ONE = 4;
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

    private @Nullable Entry[] entries;
    private long[] before;
    /** A power of two of them. */
    private long[] heads;

    private long count;

    Shelf() {
        this.entries = new Entry[FIRST];
        this.before = new long[FIRST * MARKS];
        this.heads = new long[FIRST * BUCKETS_OF_ONE];
    }

    void add(Entry entry) {
        if (count == entries.length && entries.length < MOST) {
            grow();
        }
        put(entry);
    }

    /** What is there is filed anew: nothing was overwritten yet, and there are more chains. */
    private void grow() {
        @Nullable Entry[] all = entries;
        int size = Math.min(MOST, 2 * all.length);
        entries = new Entry[size];
        before = new long[size * MARKS];
        heads = new long[Integer.highestOneBit(size * BUCKETS_OF_ONE)];
        count = 0;
        for (Entry one : all) {
            put(Objects.requireNonNull(one));
        }
    }

    private void put(Entry entry) {
        int slot = (int) (count % entries.length);
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
        long oldest = Math.max(0, count - entries.length);
        int left = most;
        int steps = 0;
        for (long place = heads[bucket(branch, mark)] - 1;
                place > NONE && place / MARKS >= oldest && left > 0 && steps < STEPS;
                place = before[(int) (place % before.length)]) {
            steps++;
            Entry entry = Objects.requireNonNull(entries[(int) (place / MARKS % entries.length)]);
            if (mark.equals(entry.marks().get((int) (place % MARKS))) && branch.equals(entry.branch())) {
                left--;
                if (wanted.test(entry)) {
                    return entry;
                }
            }
        }
        return null;
    }

    /** The upper bits of a product with the golden ratio (Knuth, The Art of Computer Programming 3, 6.4). */
    private int bucket(BranchId branch, Traits.Mark mark) {
        int hash = ((branch.hashCode() * 31 + mark.kind()) * 31 + mark.value()) * 0x9E3779B9;
        return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(heads.length));
    }
}
