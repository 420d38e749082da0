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
    DELETED
}
