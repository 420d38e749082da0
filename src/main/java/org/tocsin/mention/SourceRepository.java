package org.tocsin.mention;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Sources as rows. */
public interface SourceRepository {
    void insert(Tx tx, Source source);

    /** @return whether the row was as it was seen: neither read nor changed meanwhile */
    boolean save(Tx tx, Source before, Source after);

    Optional<Source> find(Tx tx, String id);

    /** Says that the database was found to be an older one then: what was published before that was heard before, and is no news. */
    void restored(Tx tx, Instant at);

    /** @return whether there is a source, of whatever branch */
    boolean any(Tx tx);

    /** @return when that was found last; empty for never */
    Optional<Instant> restoredAt(Tx tx);

    /** @return one of that branch */
    Optional<Source> find(Tx tx, BranchId branch, String id);

    /** @return the one that listens to the same: of the same type, address, channel and query, whatever its state */
    Optional<Source> same(Tx tx, Source source);

    /** Notes at which address a source was read before its server told that it has moved for good. */
    void moved(Tx tx, Source source, String former);

    /** @return the one of that branch and type that was read at that address before it moved, and was not removed */
    Optional<Source> formerly(Tx tx, Source source);

    /** @return those that were not removed, by name */
    List<Source> all(Tx tx, BranchId branch);

    /**
     * @param types  of those that are read when they are due; at least one
     * @param except ids of those that are being read
     * @return those that listen and are due, the longest due first
     */
    List<Source> due(Tx tx, Instant now, Set<String> types, Set<String> except, int max);

    /** @return those of that type that are listened to, in all branches, by id */
    List<Source> listening(Tx tx, String type);

    /** @return when the next one of those types is due, among those that listen */
    Optional<Instant> nextAt(Tx tx, Set<String> types, Set<String> except);

    /** @return millionths of a US dollar that reading it has cost in that month (UTC) */
    long spent(Tx tx, String sourceId, YearMonth month);

    /** @param microUsd negative gives back what was not used */
    void spend(Tx tx, String sourceId, YearMonth month, long microUsd);

    void gap(Tx tx, Gap gap);

    /** @return newest first, at most 100 */
    List<Gap> gaps(Tx tx, String sourceId);

    /** Says that mentions could not be read; what was said of them before is replaced. */
    void setAside(Tx tx, List<SetAside> aside);

    /** Says that these mentions, at most 500, are read anew: what was said of them before holds no longer. */
    void readAgain(Tx tx, Collection<String> mentionIds);

    /** @return what of that source could not be read, the newest first */
    List<SetAside> aside(Tx tx, String sourceId, int max);

    /** @return how many mentions of all sources could not be read */
    long aside(Tx tx);

    /** @return whether the watches could not read that mention */
    boolean isAside(Tx tx, String mentionId);

    /** Puts what could not be read at the end of the log, where its readers meet it once more. @return how many, at most {@code max} */
    int retry(Tx tx, int max);
}
