package org.tocsin.mention;

/** Whether a source is listened to. */
public enum SourceState {
    LISTENING,
    /** A person has something to put right: its reason says what. It is tried again now and then, and goes on by itself once that is done. */
    HELD,
    /** A person has told it to wait. */
    PAUSED,
    /** It has stopped by itself: gone for good, or refused too often. A person can let it begin again. */
    STOPPED,
    /** Taken away; what was heard of it stays, and if it is added again it goes on from there. */
    REMOVED
}
