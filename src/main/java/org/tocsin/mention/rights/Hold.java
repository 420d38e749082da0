package org.tocsin.mention.rights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * A mention that is kept as evidence, apart from what was heard, until a date. Its words are sealed, and leave only by an export.
 *
 * @param storyId  the story that was put on hold as a whole; null for the one mention
 * @param placedBy id of who asked for it
 * @param endedAt  null while it lasts
 */
public record Hold(
        String id,
        BranchId branch,
        String mentionId,
        @Nullable String storyId,
        String reason,
        String placedBy,
        Instant placedAt,
        Instant endsAt,
        @Nullable Instant endedAt,
        long version) {}
