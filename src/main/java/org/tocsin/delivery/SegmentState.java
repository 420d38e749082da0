package org.tocsin.delivery;

/** Where one segment of a delivery stands. */
public enum SegmentState {
    /** Nothing has left. */
    PENDING,
    /** Its intent is committed. */
    SENDING,
    /** It may be out. */
    UNKNOWN,
    PUBLISHED,
    DELETED;

    /** @return whether something of it is still to come: it is neither out, nor was it taken back */
    boolean open() {
        return this != PUBLISHED && this != DELETED;
    }
}
