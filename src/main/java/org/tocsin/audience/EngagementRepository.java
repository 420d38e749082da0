package org.tocsin.audience;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** The rows of which published deliveries are read and when, and the readings, which are kept for good. */
public interface EngagementRepository {
    /**
     * A delivery that is or was read.
     *
     * @param latest the last reading, null before the first
     */
    record Of(EngagementDue row, @Nullable PostMetrics latest) {}

    /** @return whether a delivery on a channel in use, of one of those networks, published since then, has no row yet */
    boolean unenrolled(Tx tx, Collection<String> networks, Instant since);

    /** Gives each such delivery a row, due at {@link PollingAge#FIRST}. */
    void enrol(Tx tx, Collection<String> networks, Instant since);

    /**
     * Writes a changed row.
     *
     * @return false when the row has changed since the version before; nothing is written then
     */
    boolean save(Tx tx, EngagementDue changed);

    /** Puts off what is due on a channel before that time. */
    void postpone(Tx tx, String channelId, @Nullable Message reason, Instant until);

    /** Nothing is read on the channel any more; its readings stay. */
    void end(Tx tx, String channelId);

    /** Keeps a reading. */
    void keep(Tx tx, PostMetrics reading);

    /** @return the channels on which something is due, the longest due first */
    List<String> dueChannels(Tx tx, Instant now, Set<String> except, int max);

    /** @return what is due on a channel, the longest due first */
    List<Of> due(Tx tx, String channelId, Instant now, int max);

    Optional<Instant> nextAt(Tx tx, Set<String> exceptChannels);

    /** @return by channel */
    List<Of> ofPost(Tx tx, BranchId branch, String postId);

    /** @return of one delivery, by time */
    List<PostMetrics> history(Tx tx, String deliveryId);

    /**
     * Which deliveries are meant.
     *
     * @param from      published at or after
     * @param until     published before
     * @param channelId null for all
     */
    record Wanted(
            BranchId branch,
            Instant from,
            Instant until,
            @Nullable String channelId) {}

    /** @param after the delivery's id after which the page begins, empty for the first; newest first */
    List<Of> page(Tx tx, Wanted wanted, String after, int max);

    /**
     * A delivery that is out, whether or not its network tells how it was answered.
     *
     * @param latest the last reading, null where there is none
     */
    record Out(
            String deliveryId,
            String postId,
            String channelId,
            Instant publishedAt,
            @Nullable PostMetrics latest) {}

    /** @return what is out, save rehearsals, by time */
    List<Out> out(Tx tx, Wanted wanted);

    /** @return those that were read at an age from {@code least} to {@code most}, each with that reading of it that is nearest to {@code age} */
    List<Of> atAge(Tx tx, Wanted wanted, Duration age, Duration least, Duration most);
}
