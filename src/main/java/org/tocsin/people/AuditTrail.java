package org.tocsin.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** What was done, by whom: a row of the same transaction as the change, each chained to the one before by its hash. */
public interface AuditTrail {
    /**
     * @param action  {@code subject.verb}, such as {@code post.submit}
     * @param subject the id of what was changed
     * @param detail  plain text, no secrets
     */
    void add(Tx tx, Actor actor, String action, String subject, String detail);

    /**
     * @param before the number before which the page begins; 0 for the newest
     * @return the newest first
     */
    default List<AuditRow> page(Tx tx, BranchId branch, long before, int max) {
        return page(tx, branch, Filter.NONE, before, max);
    }

    /**
     * What is looked for; null leaves a thing open.
     *
     * @param actor the id of who did it
     * @param kind  what the actions begin with, such as {@code post}
     * @param from  the earliest moment
     * @param until the moment before which it was done
     */
    record Filter(
            @Nullable String actor,
            @Nullable String kind,
            @Nullable Instant from,
            @Nullable Instant until) {
        /** Everything. */
        public static final Filter NONE = new Filter(null, null, null, null);
    }

    /**
     * @param before the number before which the page begins; 0 for the newest
     * @return of that sort, the newest first
     */
    List<AuditRow> page(Tx tx, BranchId branch, Filter filter, long before, int max);

    /** @return the number of the last row; 0 where there is none */
    long last(Tx tx);

    /** @return the hash of a row; empty where there is none of that number */
    Optional<String> hash(Tx tx, long number);

    /** @return the number of the first row that does not follow from the one before it; 0 when the chain is whole */
    long firstBroken(Tx tx);
}
