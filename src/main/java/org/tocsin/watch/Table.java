package org.tocsin.watch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys with the watches that are filed under each, frozen: half of each hash stands in the table, so that most misses cost one look. */
final class Table {
    private final long[] slots;
    private final String[] keys;
    private final int[] starts;
    private final int[] posts;

    private Table(long[] slots, String[] keys, int[] starts, int[] posts) {
        this.slots = slots;
        this.keys = keys;
        this.starts = starts;
        this.posts = posts;
    }

    static Table of(Map<String, Postings> filed) {
        int size = filed.size();
        long[] slots = new long[Integer.highestOneBit(Math.max(1, size * 3 / 2)) << 1];
        String[] keys = new String[size];
        int[] starts = new int[size + 1];
        int[] posts = new int[filed.values().stream().mapToInt(Postings::size).sum()];
        int number = 0;
        int at = 0;
        for (Map.Entry<String, Postings> entry : filed.entrySet()) {
            keys[number] = entry.getKey();
            starts[number] = at;
            at = entry.getValue().copyTo(posts, at);
            int hash = hash(entry.getKey());
            int slot = hash & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = ((long) hash << 32) | ++number;
        }
        starts[number] = at;
        return new Table(slots, keys, starts, posts);
    }

    private static int hash(String key) {
        int hash = key.hashCode() * 0x9E3779B1;
        return hash ^ (hash >>> 15);
    }

    boolean isEmpty() {
        return keys.length == 0;
    }

    int size() {
        return keys.length;
    }

    /** @return the number of a key, -1 where it is not there */
    int find(String key) {
        if (keys.length == 0) {
            return -1;
        }
        int hash = hash(key);
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            if ((int) (slots[slot] >>> 32) == hash) {
                int number = (int) slots[slot] - 1;
                if (keys[number].equals(key)) {
                    return number;
                }
            }
        }
        return -1;
    }

    /** @return the string that is kept for an equal key, null where there is none */
    @Nullable
    String kept(String key) {
        int number = find(key);
        return number < 0 ? null : keys[number];
    }

    int start(int number) {
        return starts[number];
    }

    int end(int number) {
        return starts[number + 1];
    }

    int post(int at) {
        return posts[at];
    }
}
