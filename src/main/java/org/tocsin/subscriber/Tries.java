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

    /** Takes the newest try of somebody between two times away again, where there is one: nothing came of it. */
    void giveBack(Tx tx, String who, Instant from, Instant to);

    void sweep(Tx tx, Instant before);
}
