package org.tocsin.audience;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of snapshots, which are kept for good, and of when each channel is asked. */
public interface AudienceRepository {
    /** What came of a figure that was imported. */
    enum Imported {
        ADDED,
        /** An imported figure of the day was another. */
        REPLACED,
        UNCHANGED,
        /** The day was measured: that stays. */
        MEASURED
    }

    /** @return whether a channel in use, of one of those networks, has no row yet */
    boolean unenrolled(Tx tx, Collection<String> networks);

    /** Gives each channel in use, of one of those networks, that has no row yet one that is due at once. */
    void enrol(Tx tx, Collection<String> networks, Instant now);

    /** Gives what is no channel a row that is due at once, unless it has one. */
    void enrol(Tx tx, BranchId branch, String seriesId, Instant now);

    /**
     * Writes a changed row.
     *
     * @return false when the row has changed since the version before; nothing is written then
     */
    boolean save(Tx tx, AudienceDue changed);

    /** The channel is not asked any more; its snapshots stay. */
    void drop(Tx tx, BranchId branch, String channelId);

    /** @return empty where the channel is not asked */
    Optional<AudienceDue> find(Tx tx, BranchId branch, String channelId);

    /**
     * @param except keys of rows ({@link AudienceDue#key})
     * @return the longest due first
     */
    List<AudienceDue> due(Tx tx, Instant now, Set<String> except, int max);

    /** @param except keys of rows */
    Optional<Instant> nextAt(Tx tx, Set<String> except);

    /** Writes what was measured in the place of what the day has; not where that was measured later. */
    void measured(Tx tx, BranchId branch, AudienceSnapshot snapshot);

    /** Writes what was imported, unless the day was measured. */
    Imported imported(Tx tx, BranchId branch, AudienceSnapshot snapshot);

    /**
     * @param from the first day
     * @param to   the last day
     * @return by channel, then by day; also those of channels that are removed
     */
    List<AudienceSnapshot> between(Tx tx, BranchId branch, LocalDate from, LocalDate to);

    /** @return the first day of which anything is known */
    Optional<LocalDate> first(Tx tx, BranchId branch);

    /** @return of each channel the last before that day, where there is one */
    List<AudienceSnapshot> lastBefore(Tx tx, BranchId branch, LocalDate day);
}
