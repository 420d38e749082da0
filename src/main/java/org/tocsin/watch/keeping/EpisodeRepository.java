package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.tocsin.base.Tx;
import org.tocsin.watch.spike.Surge;

/** Episodes as rows, and the counts of hits that they are found by. What is history is counted nowhere. */
public interface EpisodeRepository {
    /** @return watches with at least so many stories in that time, the busiest first */
    List<String> busy(Tx tx, Instant from, Instant to, int stories, int max);

    /**
     * @param after ids that follow this one
     * @return watches with at least so many stories since {@code from} and none since {@code silent}, in order of their ids; without those
     *     of which an episode is open
     */
    List<String> quiet(Tx tx, Instant from, Instant silent, int stories, String after, int max);

    /** @return stories by the number of their five minutes, counted from 1970; those without any are left out */
    NavigableMap<Long, Integer> buckets(Tx tx, String watchId, Instant from, Instant to);

    /** @return stories and authors in that time; a source that names no author is one */
    Surge.Count count(Tx tx, String watchId, Instant from, Instant to);

    /** The last that a watch matched. */
    record Last(String mentionId, Instant at) {}

    Optional<Last> last(Tx tx, String watchId);

    /** @return ids of the sources of what was matched since */
    List<String> sources(Tx tx, String watchId, Instant from);

    /** @return those that go on, of all watches */
    List<Episode> open(Tx tx);

    /** @return those of a watch that went on since, the newest first */
    List<Episode> since(Tx tx, String watchId, Instant from);

    Optional<Episode> find(Tx tx, String watchId, long number);

    /** @return the number of the last one of a watch; 0 where there was none */
    long newest(Tx tx, String watchId);

    /** @return false where one of that number is there already */
    boolean begin(Tx tx, Episode episode);

    void save(Tx tx, Episode episode);

    /** Forgets those that were over before that. @return how many, at most {@code max} */
    int forget(Tx tx, Instant before, int max);
}
