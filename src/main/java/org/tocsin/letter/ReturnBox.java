package org.tocsin.letter;

import java.util.function.Consumer;

/** Where what comes back about letters is found. */
@FunctionalInterface
public interface ReturnBox {
    /**
     * Reads what is new. What {@code taker} has taken is marked as read, so that it comes once; where it throws, it comes again.
     *
     * @return how many messages were looked at, also such as say nothing of a letter
     */
    int read(Consumer<Returned> taker);
}
