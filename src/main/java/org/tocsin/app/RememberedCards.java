package org.tocsin.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.network.LinkCard;

/**
 * Remembers the cards of links for some minutes. A preview asks for them at each pause in typing, and what stands in the preview is then
 * what goes out; without this, each pause would be a request to somebody's server.
 */
final class RememberedCards implements Function<URI, Optional<LinkCard>> {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 200;

    private final Function<URI, Optional<LinkCard>> read;
    private final Cache<URI, Optional<LinkCard>> cards;

    RememberedCards(Function<URI, Optional<LinkCard>> read, Ticker ticker) {
        this.read = read;
        this.cards = Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(ticker)
                .expireAfterWrite(KEPT)
                .build();
    }

    /** @return the card of a link that was read in the last minutes; asks nobody */
    Optional<LinkCard> known(URI link) {
        Optional<LinkCard> card = cards.getIfPresent(link);
        return card == null ? Optional.empty() : card;
    }

    @Override
    public Optional<LinkCard> apply(URI link) {
        // Not computed inside the cache: a slow server would hold up who asks for another link.
        Optional<LinkCard> known = cards.getIfPresent(link);
        if (known != null) {
            return known;
        }
        Optional<LinkCard> card = read.apply(link);
        cards.put(link, card);
        return card;
    }
}
