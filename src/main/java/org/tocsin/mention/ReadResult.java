package org.tocsin.mention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.network.PublishResult.NoEffect;

/** What came of reading a source. */
public sealed interface ReadResult {
    /**
     * It was read.
     *
     * @param items   in the order in which the log shall have them, oldest first
     * @param again   what was read before, as it is now: where it is known and has other words it is changed, else it is no news
     * @param edited  what is told to have other words now, whatever lies between; of these only what is known is kept
     * @param deleted native ids of what is there no longer
     * @param gone    addresses of the profiles of authors who are no longer there: all that they wrote has gone
     * @param cursor  how far it has been read with these
     * @param whole   whether the items are all that the source shows at the moment: where none of them is known, some may have been missed
     * @param every   how often the source wants to be read; null where it does not say
     * @param moved   the address at which it is to be read from now on; null where it stays
     * @param title   what it calls itself; null where it does not
     * @param missed  what was left out, because so much had been said that not all of it could be read; null where nothing was
     * @param remark  what people should know of this source, though it was read well; null for nothing
     */
    record Read(
            List<HeardItem> items,
            List<HeardItem> again,
            List<HeardItem> edited,
            List<String> deleted,
            List<String> gone,
            @Nullable String cursor,
            boolean whole,
            @Nullable Duration every,
            @Nullable String moved,
            @Nullable String title,
            @Nullable Missed missed,
            @Nullable Message remark)
            implements ReadResult {
        /** What a network says page by page, each time only what is new. */
        public static Read on(List<HeardItem> items, List<String> deleted, String cursor) {
            return new Read(
                    items, List.of(), List.of(), deleted, List.of(), cursor, false, null, null, null, null, null);
        }

        /** @return the same, and what was said before that time since the last reading may be missing; null for nothing */
        public Read missing(@Nullable Instant before) {
            return before == null ? missing((Missed) null) : missing(new Missed(null, before));
        }

        /** @return the same, and this may be missing */
        public Read missing(@Nullable Missed some) {
            return new Read(items, again, edited, deleted, gone, cursor, whole, every, moved, title, some, remark);
        }

        /** @return the same, without all that these authors wrote */
        public Read without(List<String> profiles) {
            return new Read(
                    items, again, edited, deleted, profiles, cursor, whole, every, moved, title, missed, remark);
        }

        /** @return the same, with what was read before, as it is now */
        public Read again(List<HeardItem> known) {
            return new Read(items, known, edited, deleted, gone, cursor, whole, every, moved, title, missed, remark);
        }

        /** @return the same, with what has other words now; of these only what is known is kept */
        public Read edited(List<HeardItem> changed) {
            return new Read(items, again, changed, deleted, gone, cursor, whole, every, moved, title, missed, remark);
        }

        /** @return the same, with something that people should know */
        public Read with(@Nullable Message told) {
            return new Read(items, again, edited, deleted, gone, cursor, whole, every, moved, title, missed, told);
        }

        /** @return the same, wanting to be read that often */
        public Read every(Duration pause) {
            return new Read(items, again, edited, deleted, gone, cursor, whole, pause, moved, title, missed, remark);
        }

        public Read {
            items = List.copyOf(items);
            again = List.copyOf(again);
            edited = List.copyOf(edited);
            deleted = List.copyOf(deleted);
            gone = List.copyOf(gone);
        }
    }

    /**
     * A time of which not all is among what was read.
     *
     * @param from null for the last reading that was well
     * @param to   from when on all is known again
     */
    record Missed(@Nullable Instant from, Instant to) {}

    /**
     * There is nothing new.
     *
     * @param every as in {@link Read}
     * @param moved as in {@link Read}
     */
    record Unchanged(@Nullable Duration every, @Nullable String moved) implements ReadResult {}

    /** It is gone for good, and says so. */
    record Gone(Message why) implements ReadResult {}

    /** It answered, and what it answered cannot be read. */
    record Unreadable(Message why) implements ReadResult {}

    /**
     * A person has something to put right before it can be read.
     *
     * @param why   with the remedy
     * @param until when it is worth another look; null where nobody knows
     */
    record Held(Message why, @Nullable Instant until) implements ReadResult {}

    /** It could not be read, and why. */
    record NotRead(NoEffect outcome) implements ReadResult {}
}
