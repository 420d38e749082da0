package org.tocsin.watch;

import java.util.Arrays;

/** Slots that were tried for one item, of watches that can be met more than once. */
final class SlotSet {
    private int[] table = new int[64];
    private int size;

    /** @return whether it was not there yet */
    boolean add(int slot) {
        if (size * 2 >= table.length) {
            grow();
        }
        int at = place(table, slot);
        if (table[at] != 0) {
            return false;
        }
        table[at] = slot + 1;
        size++;
        return true;
    }

    private static int place(int[] table, int slot) {
        int at = (slot * 0x9E3779B1) >>> 7 & (table.length - 1);
        while (table[at] != 0 && table[at] != slot + 1) {
            at = (at + 1) & (table.length - 1);
        }
        return at;
    }

    private void grow() {
        int[] old = table;
        table = new int[old.length * 2];
        Arrays.stream(old).filter(slot -> slot != 0).forEach(slot -> table[place(table, slot - 1)] = slot);
    }
}
