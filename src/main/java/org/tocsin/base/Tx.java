package org.tocsin.base;

/** An open transaction, handed to repositories. It is valid only inside the work that received it. */
public interface Tx {
    /**
     * Runs something once the transaction is durable; not at all when it is rolled back.
     *
     * @param hook must not throw and must not take long: it runs on the committing thread
     */
    void afterCommit(Runnable hook);
}
