package org.tocsin.watch;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** A watch in the index. Its cost is counted; nothing else of it changes, save that it may be set aside for good. */
final class Entry {
    private static final AtomicLongFieldUpdater<Entry> NANOS = AtomicLongFieldUpdater.newUpdater(Entry.class, "nanos");
    private static final AtomicIntegerFieldUpdater<Entry> RUNS =
            AtomicIntegerFieldUpdater.newUpdater(Entry.class, "runs");

    private final String id;
    private final long version;
    private final String owner;
    private final Clause root;
    private volatile long nanos;
    private volatile int runs;
    private volatile boolean aside;

    Entry(String id, long version, String owner, Clause root) {
        this.id = id;
        this.version = version;
        this.owner = owner;
        this.root = root;
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String owner() {
        return owner;
    }

    Clause root() {
        return root;
    }

    /** Counts runs; a lazy write, since a figure that is a moment late harms nobody. */
    void ran(long took, int times) {
        NANOS.lazySet(this, nanos + took);
        RUNS.lazySet(this, runs + times);
    }

    WatchCost cost() {
        return new WatchCost(id, version, runs, nanos);
    }

    boolean isAside() {
        return aside;
    }

    void setAside() {
        aside = true;
    }
}
