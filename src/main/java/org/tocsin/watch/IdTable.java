package org.tocsin.watch;

/** Slots by the id of their watch: eight bytes or so each. Used under the lock of edits. */
final class IdTable {
    private static final int REMOVED = -1;

    /** A slot plus one; 0 for none yet. */
    private int[] table = new int[16];

    private int filled;

    void clear(Entry[] entries) {
        table = new int[Integer.highestOneBit(Math.max(8, entries.length)) << 2];
        filled = 0;
        for (int slot = 0; slot < entries.length; slot++) {
            place(slot, entries);
        }
    }

    private static int hash(String id) {
        int hash = id.hashCode() * 0x9E3779B1;
        return hash ^ (hash >>> 15);
    }

    /** @return -1 where there is none */
    int slot(String id, Entry[] entries) {
        int at = find(id, entries);
        return at < 0 ? -1 : table[at] - 1;
    }

    private int find(String id, Entry[] entries) {
        int mask = table.length - 1;
        for (int at = hash(id) & mask; table[at] != 0; at = (at + 1) & mask) {
            if (table[at] > 0 && entries[table[at] - 1].id().equals(id)) {
                return at;
            }
        }
        return -1;
    }

    void add(int slot, Entry[] entries) {
        if ((filled + 1) * 3 > table.length * 2) {
            int[] old = table;
            table = new int[old.length * 2];
            filled = 0;
            for (int one : old) {
                if (one > 0) {
                    place(one - 1, entries);
                }
            }
        }
        place(slot, entries);
    }

    private void place(int slot, Entry[] entries) {
        int mask = table.length - 1;
        int at = hash(entries[slot].id()) & mask;
        while (table[at] > 0) {
            at = (at + 1) & mask;
        }
        filled += table[at] == 0 ? 1 : 0;
        table[at] = slot + 1;
    }

    void remove(int slot, Entry[] entries) {
        int at = find(entries[slot].id(), entries);
        if (at >= 0) {
            table[at] = REMOVED;
        }
    }
}
