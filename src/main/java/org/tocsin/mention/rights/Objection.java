package org.tocsin.mention.rights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * What somebody wrote in the form of the public notice.
 *
 * @param said      null some time after it was decided
 * @param decidedBy id of who decided; null while it is open
 */
public record Objection(
        String id,
        BranchId branch,
        @Nullable Said said,
        Instant createdAt,
        State state,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        long version) {
    /** What became of it. */
    public enum State {
        OPEN,
        ACCEPTED,
        DECLINED
    }

    /**
     * The words of it.
     *
     * @param author  handle or address of a profile
     * @param network null for any
     * @param reason  null for none: none is needed
     * @param contact where he wants his answer; null for none
     * @param answer  why it was declined; null else
     */
    public record Said(
            String author,
            @Nullable String network,
            @Nullable String reason,
            @Nullable String contact,
            @Nullable String answer) {}
}
