package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.List;
import org.tocsin.base.BranchId;

/**
 * Words that several watches share.
 *
 * @param name    as watches write it in braces
 * @param entries each a word, phrase, tag or handle
 * @param version counts changes
 */
public record NamedList(
        String id, BranchId branch, String name, List<String> entries, Instant changedAt, long version) {
    public NamedList {
        entries = List.copyOf(entries);
    }
}
