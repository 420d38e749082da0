package org.tocsin.sql;

/** Told by the store what its owner must act upon. Called on the store's own thread: whoever is told must not write to the store there. */
public interface StoreAlarm {
    /** Nobody is told. */
    StoreAlarm NONE = new StoreAlarm() {
        @Override
        public void full() {
            // a store without an owner
        }

        @Override
        public void broken(Throwable cause) {
            // a store without an owner
        }
    };

    /** The disk is full: the work was undone and may be tried again. */
    void full();

    /**
     * What is on the disk can no longer be trusted, or the process is out of memory: the store takes no more work, and the process is to
     * end. Told once.
     */
    void broken(Throwable cause);
}
