package org.tocsin.watch.keeping;

import org.tocsin.base.Tx;

/** How watches ring, as rows. */
public interface RingingRepository {
    /** @return what was said of it; {@link Ringing#TEAM} where nothing was */
    Ringing of(Tx tx, String watchId);

    void put(Tx tx, String watchId, Ringing ringing);

    void remove(Tx tx, String watchId);
}
