package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.tocsin.base.Tx;

/** Counts what watches matched. */
public interface VoiceRepository {
    /**
     * What was matched in a time.
     *
     * @param stories that were told, each once
     * @param authors a source that names no author is one
     */
    record Count(long mentions, long stories, long authors) {}

    /** @return by the id of the watch; those that matched nothing are left out */
    Map<String, Count> count(Tx tx, Collection<String> watchIds, Instant from, Instant to);
}
