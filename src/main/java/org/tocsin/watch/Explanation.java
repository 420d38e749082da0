package org.tocsin.watch;

import java.util.List;
import org.tocsin.base.Message;

/**
 * Why a clause of a watch holds for an item, or does not.
 *
 * @param clause  in the language of watches
 * @param matched whether it holds
 * @param why     what was found, or what is missing and by how little
 * @param hits    the places, where it holds and has any
 * @param parts   the same of its own clauses
 */
public record Explanation(String clause, boolean matched, Message why, List<Hit> hits, List<Explanation> parts) {
    public Explanation {
        hits = List.copyOf(hits);
        parts = List.copyOf(parts);
    }
}
