package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.watch.Hit;

/**
 * What a watch has rung for: once for its story.
 *
 * @param watchVersion   of the words that matched
 * @param mentionId      the first mention of the story that matched
 * @param recipientId    whom it is for; {@link #TEAM} for everybody
 * @param episode        0 for mentions
 * @param hits           where the words stand in that mention
 * @param more           how many further mentions of the story matched since
 * @param acknowledgedAt null while nobody has said that it was seen
 */
public record Alert(
        String id,
        BranchId branch,
        String watchId,
        long watchVersion,
        String mentionId,
        String storyId,
        String recipientId,
        long episode,
        List<Hit> hits,
        long more,
        Instant createdAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        long version) {
    /** Everybody who may look. */
    public static final String TEAM = "team";

    public Alert {
        hits = List.copyOf(hits);
    }
}
