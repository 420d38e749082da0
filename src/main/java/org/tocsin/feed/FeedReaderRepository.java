package org.tocsin.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Tx;

/** Who has read the feeds on a day, as rows that name nobody. */
public interface FeedReaderRepository {
    /**
     * @param offered becomes the secret of the day where it has none yet
     * @return the secret under which the readers of that day are counted
     */
    String secret(Tx tx, LocalDate day, String offered);

    /** @param readers for how many each stands; of the same one the larger number stays */
    void saw(Tx tx, LocalDate day, Map<String, Long> readers);

    /** @return how many have read on that day */
    long count(Tx tx, LocalDate day);

    /** @return how far a day was watched; empty where it has no secret yet */
    Optional<Watched> watched(Tx tx, LocalDate day);

    /** Says how far a day that has a secret was watched. */
    void watched(Tx tx, LocalDate day, Watched watched);

    /**
     * How far a day was watched.
     *
     * @param until  watched, or given up as missed, up to here; null where nothing was yet
     * @param missed of the time before that
     */
    record Watched(@Nullable Instant until, Duration missed) {}

    /** Takes away the rows and the secrets of the days before that. */
    void forget(Tx tx, LocalDate day);
}
