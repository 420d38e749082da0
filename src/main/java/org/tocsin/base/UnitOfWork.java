package org.tocsin.base;

import java.util.function.Function;

/** Runs work in a transaction. A write that returns has been synced to the disk. */
public interface UnitOfWork {
    /** Which writer goes first when several wait. */
    enum Urgency {
        /** Intents, outcomes: what the guarantees rest on. */
        DELIVERY,
        /** Requests of people. */
        REQUEST,
        /** Housekeeping and imports; such work is cut into transactions of at most 50 ms. */
        BULK
    }

    /**
     * @param urgency the place in the queue of writers
     * @param work    reads and writes through repositories; an exception rolls everything back and reaches the caller
     * @return what the work returned, once it is durable
     * @throws FaultException with kind STORAGE when the disk is full, read-only or broken; nothing was changed then
     */
    <R> R write(Urgency urgency, Function<Tx, R> work);

    /**
     * @param work only reads, from one consistent snapshot
     * @return what the work returned
     */
    <R> R read(Function<Tx, R> work);
}
