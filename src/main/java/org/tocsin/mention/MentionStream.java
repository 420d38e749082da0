package org.tocsin.mention;

import org.jspecify.annotations.Nullable;
import org.tocsin.network.Channel;

/** Listens to sources of one type as long as they last: a connection on which what is said comes as it is said. */
public interface MentionStream extends SourceType {
    /**
     * Listens until the connection ends, the sink takes no more, or the thread is interrupted.
     *
     * @param source  as it was when listening began; its cursor says from where
     * @param channel whose account listens; null where the source has none
     * @return why it has ended
     */
    ReadResult listen(Source source, @Nullable Channel channel, Sink sink);

    /** Where what comes is handed in. */
    interface Sink {
        /**
         * Keeps it with the cursor, in one transaction; blocks meanwhile, so that nothing piles up.
         *
         * @return whether to go on: false once the source is no longer listened to
         */
        boolean keep(ReadResult.Read read);
    }
}
