package org.tocsin.subscriber;

import org.tocsin.base.Tx;

/** Asks people on Telegram whether they still want letters. */
public interface StillAsker {
    /** @return whether there is a bot that could ask, and would hear the answer */
    boolean ready(Tx tx);

    /** Has it asked, once the transaction is kept. Whoever is asked counts as asked when Telegram took it: {@link Choices#asked}. */
    void askStill(Tx tx, Subscriber one);
}
