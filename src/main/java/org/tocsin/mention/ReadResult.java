package org.tocsin.mention;

import java.time.Duration;
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
     * @param deleted native ids of what is there no longer
     * @param cursor  how far it has been read with these
     * @param whole   whether the items are all that the source shows at the moment: where none of them is known, some may have been missed
     * @param every   how often the source wants to be read; null where it does not say
     * @param moved   the address at which it is to be read from now on; null where it stays
     * @param title   what it calls itself; null where it does not
     */
    record Read(
            List<HeardItem> items,
            List<String> deleted,
            @Nullable String cursor,
            boolean whole,
            @Nullable Duration every,
            @Nullable String moved,
            @Nullable String title)
            implements ReadResult {
        public Read {
            items = List.copyOf(items);
            deleted = List.copyOf(deleted);
        }
    }

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

    /** It could not be read, and why. */
    record NotRead(NoEffect outcome) implements ReadResult {}
}
