package org.tocsin.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word of a query as it is looked for: its parts one after the other, or all of them glued.
 *
 * @param path  the parts; empty where there is nothing to look for ({@code !!!})
 * @param glued the parts in one; null where there is but one, or gluing makes no sense
 */
public record QueryWord(List<Part> path, @Nullable Part glued) {
    /**
     * @param form  folded
     * @param exact as written
     */
    public record Part(String form, String exact) {}

    public QueryWord {
        path = List.copyOf(path);
    }
}
