package org.tocsin.feed;

import java.time.LocalDate;
import java.util.Map;
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

    /** Takes away the rows and the secrets of the days before that. */
    void forget(Tx tx, LocalDate day);
}
