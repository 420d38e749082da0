package org.tocsin.watch;

import java.util.Comparator;

/**
 * A piece of an item that made a watch match.
 *
 * @param start offset of its first character in the field, in UTF-16 units
 * @param end   offset after its last
 */
public record Hit(Field field, int start, int end) implements Comparable<Hit> {
    /** In which text it stands. */
    public enum Field {
        TITLE,
        TEXT
    }

    @Override
    public int compareTo(Hit other) {
        return Comparator.comparing(Hit::field)
                .thenComparingInt(Hit::start)
                .thenComparingInt(Hit::end)
                .compare(this, other);
    }
}
