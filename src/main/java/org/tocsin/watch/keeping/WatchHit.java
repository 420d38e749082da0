package org.tocsin.watch.keeping;

import java.time.Instant;
import org.tocsin.base.BranchId;

/**
 * A watch has matched a mention.
 *
 * @param storyId      what the mention tells
 * @param watchVersion of the words that matched
 * @param history      whether it was heard before these words were watched, or before its source was listened to: it rang nothing
 * @param at           when the mention was written, as far as is known; else when it was heard
 */
public record WatchHit(
        String watchId,
        String mentionId,
        BranchId branch,
        String storyId,
        long watchVersion,
        boolean history,
        Instant at) {}
