package org.tocsin.delivery;

/** Where a delivery stands. What may follow what is in {@link DeliveryTransitions}. */
public enum DeliveryState {
    /** Accepted, not yet due: undo and edit live here. */
    SCHEDULED,
    /** May be claimed. */
    DUE,
    /** Uploads and look-ups, without public effect. */
    PREPARING,
    /** The intent is committed; bytes may leave. */
    SENDING,
    /** Until a time: a retry, a throttle, or a network that is still processing. */
    WAITING,
    /** Bytes left, and no answer was understood. */
    UNKNOWN,
    /** A person or a repair is needed. */
    HELD,
    /** Every segment has its receipt. */
    PUBLISHED,
    REFUSED,
    EXHAUSTED,
    CANCELLED,
    DELETED;

    /** @return whether the delivery stands in its channel's line: it is next, or holds back those behind it */
    public boolean inLine() {
        return switch (this) {
            case DUE, PREPARING, SENDING, WAITING -> true;
            case SCHEDULED, UNKNOWN, HELD, PUBLISHED, REFUSED, EXHAUSTED, CANCELLED, DELETED -> false;
        };
    }

    /** @return whether nothing happens any more without a person */
    public boolean ended() {
        return switch (this) {
            case PUBLISHED, REFUSED, EXHAUSTED, CANCELLED, DELETED -> true;
            case SCHEDULED, DUE, PREPARING, SENDING, WAITING, UNKNOWN, HELD -> false;
        };
    }
}
