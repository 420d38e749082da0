package org.tocsin.delivery;

/** What moves a delivery from one state to another. */
public enum DeliveryEvent {
    /** Its time has come. */
    TIME,
    /** A worker takes it. */
    CLAIM,
    /** A person takes it back before anything left. */
    CANCEL,
    /** A person changes it. */
    EDIT,
    /** The intent is committed. */
    INTENT,
    /** To be tried again at a time: unreachable, throttled, or still processing. */
    WAIT,
    /** A person or a repair is needed: unauthorised, frozen, late, over budget, restored. */
    HOLD,
    /** The network refused. */
    REFUSE,
    /** Attempts or time are spent. */
    EXHAUST,
    /** A segment is out, and another follows. */
    SEGMENT_PUBLISHED,
    /** The last segment is out. */
    PUBLISH,
    /** Bytes left, and no answer was understood. */
    LOSE,
    /** The network is asked for what it was processing. */
    RESUME,
    /** The same request goes out again under the same key. */
    RESEND,
    /** It was found, or a person says so; nothing is left to send. */
    FOUND,
    /** It was found, or a person says so; another segment follows. */
    FOUND_PART,
    /** It is proven not to be there, or a person wants it sent again. */
    ABSENT,
    /** Found in the midst of work by a daemon that starts. */
    RESTART,
    /** A person lets it go on. */
    RELEASE,
    /** A person lets go on what is meant for later, as after a restore: it waits for its time again. */
    POSTPONE,
    /** It was taken back from the network. */
    DELETE
}
