package org.tocsin.web.desk;

import java.util.List;

/**
 * A word list.
 *
 * @param entries a line each
 * @param watches names of those that name it
 */
public record ListRow(String id, String name, String entries, int count, List<String> watches, long version) {
    public ListRow {
        watches = List.copyOf(watches);
    }
}
