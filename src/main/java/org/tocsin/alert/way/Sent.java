package org.tocsin.alert.way;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/** What became of a letter. */
public sealed interface Sent {
    /** It was taken. */
    record Taken() implements Sent {}

    /**
     * Surely not taken now: the same is to be sent again, with the same id.
     *
     * @param delay how long the other side asked to wait; null where it did not
     */
    record Later(Message why, @Nullable Duration delay) implements Sent {}

    /** Bytes may have left, and no answer was understood. */
    record Unknown(Message why) implements Sent {}

    /** It will not be taken, however often it is sent. */
    record Refused(Message why) implements Sent {}
}
