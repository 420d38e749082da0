package org.tocsin.network;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the public sees on a fake server: one post.
 *
 * @param key      the idempotency key of the request; empty where it had none
 * @param remoteId as in {@link Receipt#remoteId()}
 * @param text     as people read it
 * @param parentId the remote id of what it answers, null for none
 * @param alts     the alt texts of its images, in order
 * @param at       by the server's clock
 * @param request  the request that made it; empty for what was planted
 */
public record Effect(
        String key,
        String remoteId,
        String text,
        @Nullable String parentId,
        List<String> alts,
        Instant at,
        Optional<Seen> request) {
    public Effect {
        alts = List.copyOf(alts);
    }

    /** The same with other words. */
    Effect saying(String other, List<String> otherAlts) {
        return new Effect(key, remoteId, other, parentId, otherAlts, at, request);
    }
}
