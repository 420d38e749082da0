package org.tocsin.alert.way;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/** What became of a letter. */
public sealed interface Sent {
    /** It was taken. */
    record Taken() implements Sent {}

    /**
     * Surely not taken now: the same is to be sent again, with the same id.
     *
     * @param delay    how long the other side asked to wait; null where it did not
     * @param wholeWay whether the next text would fare the same on this way: nobody could be reached there
     */
    record Later(Message why, @Nullable Duration delay, boolean wholeWay) implements Sent {
        /** It is about this text. */
        public Later(Message why, @Nullable Duration delay) {
            this(why, delay, false);
        }
    }

    /**
     * Bytes may have left, and no answer was understood.
     *
     * @param wholeWay as in {@link Later}: it was silent
     */
    record Unknown(Message why, boolean wholeWay) implements Sent {}

    /**
     * Surely not taken, for a reason that lies with the other side for now: the same is sent again, with the same id, and people are told meanwhile.
     */
    record Declined(Message why) implements Sent {}

    /**
     * Surely not taken: whom the way leads to is found elsewhere from now on, where the same is sent again at once.
     *
     * @param settings of the way, as they are now
     */
    record Moved(Map<String, String> settings) implements Sent {
        public Moved {
            settings = Map.copyOf(settings);
        }
    }

    /** It will not be taken, however often it is sent. */
    record Refused(Message why) implements Sent {}
}
