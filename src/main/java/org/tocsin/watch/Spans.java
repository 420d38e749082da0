package org.tocsin.watch;

import java.util.Arrays;

/** Places in a passage, each from a position to the one after it, with its first and last token. */
final class Spans {
    private static final int FIELDS = 4;

    private int[] data = new int[FIELDS * 4];
    private int size;

    void add(int start, int end, int firstToken, int lastToken) {
        if (size * FIELDS == data.length) {
            data = Arrays.copyOf(data, data.length * 2);
        }
        int at = size++ * FIELDS;
        data[at] = start;
        data[at + 1] = end;
        data[at + 2] = firstToken;
        data[at + 3] = lastToken;
    }

    /** Adds a place unless it is there; for places that come in the order of their starts. */
    void addNew(int start, int end, int firstToken, int lastToken) {
        for (int i = size - 1; i >= 0 && start(i) == start; i--) {
            if (end(i) == end) {
                return;
            }
        }
        add(start, end, firstToken, lastToken);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int start(int index) {
        return data[index * FIELDS];
    }

    int end(int index) {
        return data[index * FIELDS + 1];
    }

    int firstToken(int index) {
        return data[index * FIELDS + 2];
    }

    int lastToken(int index) {
        return data[index * FIELDS + 3];
    }

    /** @return the starts, smallest first */
    int[] starts() {
        int[] starts = new int[size];
        for (int i = 0; i < size; i++) {
            starts[i] = start(i);
        }
        Arrays.sort(starts);
        return starts;
    }

    /** @return the ends, smallest first */
    int[] ends() {
        int[] ends = new int[size];
        for (int i = 0; i < size; i++) {
            ends[i] = end(i);
        }
        Arrays.sort(ends);
        return ends;
    }
}
