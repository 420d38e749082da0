package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tocsin.base.BranchId;
import org.tocsin.watch.Need;

/** Finds what may match in the whole log, however much that is. */
public interface LogIndex {
    /**
     * What an index has of a time.
     *
     * @param ids of the mentions that may match, the newest first
     * @param all how many mentions of that time there are
     * @param seq up to which number of the log this is so: what came later is read from there
     */
    record Indexed(List<String> ids, int all, long seq) {
        public Indexed {
            ids = List.copyOf(ids);
        }
    }

    /**
     * @param from written then or later
     * @param to   written then or before
     * @param max  so many ids at most
     * @return empty where the index does not have the whole log
     */
    Optional<Indexed> candidates(BranchId branch, Need need, Instant from, Instant to, int max);

    /** @return the share of all mentions that have a word; empty where that is not known */
    OptionalDouble share(String word);

    /** There is none. */
    static LogIndex none() {
        return new LogIndex() {
            @Override
            public Optional<Indexed> candidates(BranchId branch, Need need, Instant from, Instant to, int max) {
                return Optional.empty();
            }

            @Override
            public OptionalDouble share(String word) {
                return OptionalDouble.empty();
            }
        };
    }
}
