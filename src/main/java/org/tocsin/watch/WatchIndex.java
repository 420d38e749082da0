package org.tocsin.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.mention.Counts;

/**
 * All watches in memory, filed under the rarest thing that each needs, so that an item meets only the few that may match it. Matching reads
 * an immutable snapshot and never waits; an edit makes a new one and swaps it in at once, so that no item sees half of it. What
 * is saved is active when {@link #put} returns. Edits are made one at a time; small ones join small segments, and {@link #merge}, called
 * every few seconds, keeps the segments few.
 */
public final class WatchIndex {
    /** Watches tried on one item at most; the rest is reported as not tried. */
    public static final int BUDGET = 200_000;
    /** One item in so many is timed, and counts for all of them: clocks and shared counters cost more than most watches. */
    private static final int TIMED = 8;
    /** Edits join segments up to this size at once, which takes less than a few milliseconds; bigger ones wait for {@link #merge}. */
    private static final int SMALL = 512;

    private final Analysis analysis;
    private final WatchLanguage language;
    private final WordLists lists;
    private final LongSupplier ticker;
    private final int budget;
    private final Map<String, Quarantined> quarantined;
    /** Those of the watches that ask for counts, by id; few do. */
    private final Map<String, Counted> counted;

    private final Object edits;
    private final IdTable ids;
    private Rarity rarity;
    private final AtomicLong edited;
    private volatile Snapshot snapshot;
    /** Items matched; a count that threads now and then lose one of, which only moves the sample. */
    private int matched;

    /**
     * @param rarity by which anchors are chosen, until {@link #reanchor}
     * @param ticker nanoseconds, for the cost of each watch
     * @param budget watches tried on one item at most
     */
    public WatchIndex(Analysis analysis, WordLists lists, Rarity rarity, LongSupplier ticker, int budget) {
        this.analysis = analysis;
        this.language = new WatchLanguage(analysis, lists);
        this.lists = lists;
        this.rarity = rarity;
        this.ticker = ticker;
        this.budget = budget;
        this.quarantined = new ConcurrentHashMap<>();
        this.counted = new ConcurrentHashMap<>();
        this.edits = new Object();
        this.ids = new IdTable();
        this.edited = new AtomicLong();
        this.snapshot = new Snapshot(new Segment[0], new Entry[0], 0, new long[0], 0);
    }

    /**
     * Replaces all watches, as at start-up. Never fails: what cannot be read is set aside and told.
     *
     * @param watches each id once
     * @return those that do not match now
     */
    public List<Quarantined> load(Collection<StoredWatch> watches) {
        synchronized (edits) {
            quarantined.clear();
            counted.clear();
            Map<String, String> strings = new HashMap<>();
            UnaryOperator<String> shared = text -> {
                String known = strings.putIfAbsent(text, text);
                return known == null ? text : known;
            };
            List<Entry> entries = new ArrayList<>(watches.size());
            for (StoredWatch watch : watches) {
                Entry entry = compiled(watch, shared);
                if (entry != null) {
                    entries.add(entry);
                }
            }
            publish(entries.toArray(Entry[]::new));
            return quarantined();
        }
    }

    private record Counted(String owner, CountBounds bounds) {}

    /**
     * @return whether a count that a watch of that owner asks for is within its bounds now and was not before: an item whose words are known may match
     *     now
     */
    public boolean passed(String owner, Counts before, Counts after) {
        return !counted.isEmpty()
                && counted.values().stream()
                        .anyMatch(
                                one -> one.owner().equals(owner) && one.bounds().passed(before, after));
    }

    private void count(StoredWatch watch, Plan plan) {
        CountBounds bounds = CountBounds.of(plan.root());
        if (!bounds.none()) {
            counted.put(watch.id(), new Counted(watch.owner(), bounds));
        }
    }

    private @Nullable Entry compiled(StoredWatch watch, UnaryOperator<String> shared) {
        Message reason;
        counted.remove(watch.id());
        try {
            CheckedQuery checked = language.of(watch.owner()).check(watch.query());
            WatchQuery query = checked.query();
            if (query != null && checked.valid()) {
                Plan plan = Plan.of(query, analysis, lists.of(watch.owner()), shared);
                quarantined.remove(watch.id());
                count(watch, plan);
                return new Entry(watch.id(), watch.version(), watch.owner(), plan.root());
            }
            reason = checked.findings().stream()
                    .filter(Finding::error)
                    .findFirst()
                    .map(Finding::message)
                    .orElseGet(() -> Message.of("watch.failed"));
        } catch (FaultException e) {
            reason = e.faults().getFirst().message();
        } catch (RuntimeException e) {
            // A fault of ours in reading one watch must not keep the others from starting.
            reason = Message.of("watch.failed");
        }
        quarantined.put(watch.id(), new Quarantined(watch.id(), watch.version(), reason));
        return null;
    }

    private void publish(Entry[] entries) {
        ids.clear(entries);
        int[] slots = new int[entries.length];
        for (int slot = 0; slot < entries.length; slot++) {
            slots[slot] = slot;
        }
        Segment[] segments = entries.length == 0 ? new Segment[0] : new Segment[] {Segment.of(slots, entries, rarity)};
        snapshot = new Snapshot(segments, entries, entries.length, new long[(entries.length >> 6) + 1], entries.length);
        edited.incrementAndGet();
    }

    /** @return a number that has grown when something else may match than before */
    public long edits() {
        return edited.get();
    }

    /**
     * Adds a watch, or replaces its former version; active when this returns.
     *
     * @return null, or why it does not match: then a former version does not either
     */
    public @Nullable Quarantined put(StoredWatch watch) {
        synchronized (edits) {
            Entry entry = compiled(watch, this::shared);
            edit(watch.id(), entry);
            return entry == null ? quarantined.get(watch.id()) : null;
        }
    }

    /** @return whether it was there */
    public boolean remove(String id) {
        synchronized (edits) {
            boolean aside = quarantined.remove(id) != null;
            counted.remove(id);
            boolean there = ids.slot(id, snapshot.entries()) >= 0;
            edit(id, null);
            return aside || there;
        }
    }

    private String shared(String text) {
        for (Segment segment : snapshot.segments()) {
            String kept = segment.table(Anchor.Kind.WORD).kept(text);
            if (kept != null) {
                return kept;
            }
        }
        return text;
    }

    /** One edit, in one swap: the former version dies and the new one is there. */
    private void edit(String id, @Nullable Entry entry) {
        Snapshot before = snapshot;
        int former = ids.slot(id, before.entries());
        if (former < 0 && entry == null) {
            return;
        }
        Entry[] entries = before.entries();
        int used = before.used();
        int slot = used;
        if (entry != null) {
            if (used == entries.length) {
                entries = Arrays.copyOf(entries, Math.max(16, used + (used >> 1)));
            }
            entries[slot] = entry;
            used++;
        }
        long[] dead = Arrays.copyOf(before.dead(), Math.max(before.dead().length, (used >> 6) + 1));
        if (former >= 0) {
            dead[former >> 6] |= 1L << former;
            ids.remove(former, entries);
        }
        Segment[] segments = before.segments();
        if (entry != null) {
            ids.add(slot, entries);
            segments = joined(segments, slot, entries, dead);
        }
        int live = before.live() + (entry == null ? 0 : 1) - (former < 0 ? 0 : 1);
        snapshot = new Snapshot(segments, entries, used, dead, live);
        edited.incrementAndGet();
    }

    /** The new watch with the small segments that it may join: sizes grow by at least a factor of two, so that each is built few times. */
    private Segment[] joined(Segment[] segments, int slot, Entry[] entries, long[] dead) {
        int[] slots = {slot};
        int kept = segments.length;
        while (kept > 0
                && segments[kept - 1].size() <= slots.length
                && segments[kept - 1].size() + slots.length <= SMALL) {
            slots = concatenated(segments[--kept].slots(), slots, dead);
        }
        Segment[] joined = Arrays.copyOf(segments, kept + 1);
        joined[kept] = Segment.of(slots, entries, rarity);
        return joined;
    }

    private static int[] concatenated(int[] one, int[] other, long[] dead) {
        int[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return Arrays.stream(all)
                .filter(slot -> (dead[slot >> 6] & (1L << slot)) == 0)
                .toArray();
    }

    /**
     * Joins small segments, and all of them where many watches have died. The longer part of the work, up to a second for a million watches,
     * holds back edits and never matching.
     *
     * @return whether there was something to do
     */
    public boolean merge() {
        synchronized (edits) {
            Snapshot before = snapshot;
            int small = 0;
            for (Segment segment : before.segments()) {
                small += segment.size() < before.live() / 8 ? segment.size() : 0;
            }
            boolean garbage = before.used() - before.live() > before.live() / 2 + SMALL;
            if (garbage || small > before.live() / 8) {
                publish(living(before));
                return true;
            }
            if (before.segments().length <= 3) {
                return false;
            }
            int big = 0;
            while (big < before.segments().length - 1 && before.segments()[big].size() >= before.live() / 8) {
                big++;
            }
            int[] slots = new int[0];
            for (int i = big; i < before.segments().length; i++) {
                slots = concatenated(slots, before.segments()[i].slots(), before.dead());
            }
            Segment[] segments = Arrays.copyOf(before.segments(), big + 1);
            segments[big] = Segment.of(slots, before.entries(), rarity);
            snapshot = new Snapshot(segments, before.entries(), before.used(), before.dead(), before.live());
            return true;
        }
    }

    private static Entry[] living(Snapshot snapshot) {
        List<Entry> living = new ArrayList<>(snapshot.live());
        for (int slot = 0; slot < snapshot.used(); slot++) {
            if (!snapshot.isDead(slot)) {
                living.add(snapshot.entries()[slot]);
            }
        }
        return living.toArray(Entry[]::new);
    }

    /** Files every watch anew, by what is rare now; to be called when that has changed, once a night or so. */
    public void reanchor(Rarity now) {
        synchronized (edits) {
            rarity = now;
            publish(living(snapshot));
        }
    }

    /** @return what an item matches; safe for several threads, each with an item of its own */
    public Matches match(Heard heard) {
        int times = matched++ % TIMED == 0 ? TIMED : 0;
        return new Candidates(snapshot, heard, budget, ticker, times, this::failed).run();
    }

    private void failed(Entry entry, RuntimeException cause) {
        entry.setAside();
        Message reason = Message.of("watch.threw", "cause", cause.getClass().getSimpleName());
        quarantined.put(entry.id(), new Quarantined(entry.id(), entry.version(), reason));
    }

    /** @return watches that do not match, and why, by id */
    public List<Quarantined> quarantined() {
        return quarantined.values().stream()
                .sorted(Comparator.comparing(Quarantined::id))
                .toList();
    }

    /** @return the watches that cost most time, the dearest first */
    public List<WatchCost> dearest(int most) {
        Snapshot now = snapshot;
        return Stream.iterate(0, slot -> slot < now.used(), slot -> slot + 1)
                .filter(slot -> !now.isDead(slot))
                .map(slot -> now.entries()[slot].cost())
                .sorted(Comparator.comparingLong(WatchCost::nanos).reversed())
                .limit(most)
                .toList();
    }

    /** @return slots in memory, of living watches and of those that {@link #merge} has not cleared away yet */
    int slots() {
        return snapshot.used();
    }

    /** @return how many watches match items */
    public int size() {
        return snapshot.live();
    }
}
