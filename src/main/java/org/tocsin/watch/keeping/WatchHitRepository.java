package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Tx;

/** Which watch has matched which mention, each once, and the watches whose past is yet to be looked through. */
public interface WatchHitRepository {
    /** @return when the oldest was heard of what the watches have not read yet; empty where they have read all, or what is left are edits */
    Optional<Instant> unreadSince(Tx tx);

    /** @return the number of the log up to which the watches have read */
    long read(Tx tx);

    /** @return the last number of the log that was given out; 0 at first */
    long newest(Tx tx);

    /**
     * Writes hits; what is there already takes the version, and stays what it was otherwise.
     *
     * @param seq number of the log as of which they are there
     */
    void put(Tx tx, List<WatchHit> hits, long seq);

    /** @return a fresh number of the log, for hits that come later than their mentions */
    long next(Tx tx);

    /** Takes away all hits on these mentions. */
    void drop(Tx tx, Collection<String> mentionIds);

    /** Takes away the hits of former versions of a watch on these mentions. */
    void drop(Tx tx, String watchId, long version, Collection<String> mentionIds);

    /** Takes away hits of a watch. @return how many, at most {@code max} */
    int forget(Tx tx, String watchId, int max);

    /** @return the hits on these mentions, at most 500 of them, in no order */
    List<WatchHit> of(Tx tx, Collection<String> mentionIds);

    /** @return ids of what a watch matched, the newest first */
    List<String> newest(Tx tx, String watchId, int max);

    /** A mention that was hit, and the number of the log as of which that is so. */
    record Touched(long seq, String mentionId) {}

    /** @return what was hit after that number and up to the other, in order */
    List<Touched> touched(Tx tx, long after, long upTo, int max);

    /**
     * A watch whose past is looked through.
     *
     * @param reached the id of the last mention that was; empty at first
     * @param read    how many were
     */
    record Past(String watchId, String reached, long read) {}

    /** Says that the past of a watch is to be looked through, from the start. */
    void recall(Tx tx, String watchId);

    /** @return whether its past is still to be looked through */
    boolean isRecalling(Tx tx, String watchId);

    /** @return one whose past is to be looked through */
    Optional<Past> past(Tx tx);

    /** @return whether it was as it was seen */
    boolean advance(Tx tx, Past before, Past after);

    /** Says that nothing of its past is left to be looked through. */
    void done(Tx tx, String watchId);
}
