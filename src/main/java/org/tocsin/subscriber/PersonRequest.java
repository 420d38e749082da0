package org.tocsin.subscriber;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * Something that a person asked for by right.
 *
 * @param subscriberId null where he was erased, or nobody said who it is
 * @param door         by which way it came; {@code TEAM} for one that somebody of the team was told
 * @param at           when it came
 * @param dueAt        until when it must be answered
 * @param doneAt       when it was; null while it is open
 * @param doneBy       id of who of the team did it; empty where the person did it himself
 * @param note         of the team, naming nobody; empty for none
 */
public record PersonRequest(
        String id,
        BranchId branch,
        @Nullable String subscriberId,
        Kind kind,
        Consent.Door door,
        Instant at,
        Instant dueAt,
        @Nullable Instant doneAt,
        String doneBy,
        String note) {
    /** What is asked for, by the articles of the GDPR. */
    public enum Kind {
        /** To see what is kept (15). */
        ACCESS,
        /** To have it put right (16). */
        RECTIFICATION,
        /** To have it erased (17). */
        ERASURE,
        /** To have it kept and not used (18). */
        RESTRICTION,
        /** To take it along (20). */
        PORTABILITY,
        /** That it not be used for letters (21). */
        OBJECTION
    }

    /** @return until when something that came then must be answered: a month (article 12, 3) */
    static Instant due(Instant at) {
        return at.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
    }
}
