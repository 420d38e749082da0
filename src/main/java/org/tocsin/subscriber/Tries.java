package org.tocsin.subscriber;

import java.time.Instant;
import org.tocsin.base.Tx;

/** How often somebody asked, by keyed hashes, kept over restarts. */
public interface Tries {
    /** @return how often since */
    int since(Tx tx, String who, Instant since);

    /** @return how many tries of all there were since */
    long all(Tx tx, Instant since);

    void add(Tx tx, String who, Instant at);

    void sweep(Tx tx, Instant before);
}
