package org.tocsin.watch;

import java.util.List;

/** A watch that matched an item. The places are found when they are asked for, from the same plan. */
public final class Match {
    private final Entry entry;
    private final Heard heard;

    Match(Entry entry, Heard heard) {
        this.entry = entry;
        this.heard = heard;
    }

    public String watchId() {
        return entry.id();
    }

    /** @return the version of the watch that matched, whatever was saved since */
    public long version() {
        return entry.version();
    }

    /** @return whose watch it is: whoever hears for others has nothing to do with it */
    public String owner() {
        return entry.owner();
    }

    /** @return what made it match, in order of place */
    public List<Hit> hits() {
        return Plan.of(entry.root()).hits(heard);
    }

    @Override
    public String toString() {
        return watchId() + "@" + version();
    }
}
