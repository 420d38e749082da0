package org.tocsin.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.network.LinkCard;

/** The timeline of what was rehearsed, as it is shown. */
public interface Rehearsals {
    /**
     * One segment.
     *
     * @param standsFor   whose rules were applied
     * @param alts        what each image shows
     * @param parentId    what it answers, null for nothing
     * @param withdrawnAt when it was taken back, null before
     * @param editedAt    when it was given other words the last time, null before
     */
    record Shown(
            String id,
            String channelId,
            String standsFor,
            String text,
            String language,
            @Nullable String contentWarning,
            @Nullable String visibility,
            List<String> alts,
            @Nullable LinkCard card,
            @Nullable String parentId,
            Instant publishedAt,
            @Nullable Instant withdrawnAt,
            @Nullable Instant editedAt) {}

    /**
     * @param channelId empty for all
     * @param after     the id after which the page begins; empty for the first
     * @return the newest first
     */
    List<Shown> newest(BranchId branch, String channelId, String after, int max);

    Optional<Shown> find(BranchId branch, String channelId, String id);
}
