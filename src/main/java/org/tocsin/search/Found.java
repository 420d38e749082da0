package org.tocsin.search;

import java.util.List;
import org.tocsin.mention.Mention;
import org.tocsin.watch.Hit;
import org.tocsin.watch.keeping.WatchHit;

/**
 * A mention that was found.
 *
 * @param hits    where the words that were looked for stand; none where none were
 * @param watches what has matched it
 * @param stories by what its story is known: two that share one tell the same
 */
public record Found(Mention mention, List<Hit> hits, List<WatchHit> watches, List<String> stories) {
    public Found {
        hits = List.copyOf(hits);
        watches = List.copyOf(watches);
        stories = List.copyOf(stories);
    }
}
