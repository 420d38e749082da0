package org.tocsin.watch;

/**
 * All watches at one moment. The array of entries may grow behind {@code used} while a newer snapshot is made; what this one refers to never
 * changes.
 *
 * @param segments newest last
 * @param entries  by slot
 * @param used     slots in use
 * @param dead     a bit for each slot that was replaced or removed
 * @param live     watches that match
 */
record Snapshot(Segment[] segments, Entry[] entries, int used, long[] dead, int live) {
    boolean isDead(int slot) {
        return (dead[slot >> 6] & (1L << slot)) != 0;
    }
}
