package org.tocsin.web.desk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tocsin.base.Message;

/**
 * What somebody should know of what he has just done, told on the page that he is sent on to. The address of that page holds a key and no
 * text, so that nobody can make a page say what he likes; the key says something for ten minutes, and to that person alone.
 */
final class Remarks {
    private static final String FIELD = "told";
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Cache<String, Kept> kept =
            Caffeine.newBuilder().expireAfterWrite(LIFE).maximumSize(1000).build();

    private record Kept(String userId, List<Message> messages) {}

    /** @return the same address, and what to tell there */
    String with(Visit visit, String path, List<Message> messages) {
        if (messages.isEmpty()) {
            return path;
        }
        String key = UUID.randomUUID().toString();
        kept.put(key, new Kept(visit.user().id(), List.copyOf(messages)));
        return path + (path.contains("?") ? "&" : "?") + FIELD + "=" + key;
    }

    /** @return what is to be told on this page */
    List<String> of(Visit visit) {
        return visit.query(FIELD)
                .flatMap(key -> Optional.ofNullable(kept.getIfPresent(key)))
                .filter(one -> one.userId().equals(visit.user().id()))
                .map(one -> one.messages().stream().map(visit::said).toList())
                .orElse(List.of());
    }
}
