package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * What happened to a subscriber, as it waits to be told to a program that follows. Kept sealed, and only until it was told.
 *
 * @param id       the same over all attempts: by it the receiver knows a repeat
 * @param facts    as they were then; null where nothing but the id may be said
 * @param attempts that failed
 */
public record SubscriptionEvent(
        String id,
        BranchId branch,
        String subscriberId,
        Kind kind,
        Instant at,
        @Nullable Facts facts,
        int attempts,
        Instant nextAt) {
    /** What happened. */
    public enum Kind {
        SIGNED_UP,
        CONFIRMED,
        /** Chose other topics, or another language. */
        TOPICS_CHANGED,
        /** Gave another address. */
        CORRECTED,
        /** His data is not to be used (GDPR, articles 18 and 19). */
        RESTRICTED,
        /** Its use is allowed again. */
        RELEASED,
        LEFT,
        /** Everything of him is to be forgotten. */
        ERASED,
        BOUNCED,
        COMPLAINED;

        /** @return what a row of the register tells; empty for what concerns nobody else, and for leaving, whose reason the row does not say */
        static Optional<Kind> of(Consent.Kind kind) {
            return switch (kind) {
                case ASKED -> Optional.of(SIGNED_UP);
                case CONFIRMED, IMPORTED -> Optional.of(CONFIRMED);
                case CHANGED -> Optional.of(TOPICS_CHANGED);
                case CORRECTED -> Optional.of(CORRECTED);
                case RESTRICTED -> Optional.of(RESTRICTED);
                case RELEASED -> Optional.of(RELEASED);
                case RENEWED, WITHDRAWN -> Optional.empty();
            };
        }

        static Kind of(LeaveLog.What what) {
            return switch (what) {
                case BOUNCED -> BOUNCED;
                case COMPLAINED -> COMPLAINED;
                case ERASED -> ERASED;
                case LEFT, EXPIRED, IMPORTED, RESTRICTED, RELEASED, MOVED, BACK -> LEFT;
            };
        }
    }

    /**
     * What is told beside the id.
     *
     * @param reach    by mail, on Telegram
     * @param language {@code fr} or {@code en}
     * @param topics   what he chose; empty for everything
     * @param link     what brought him; null for nothing known
     * @param door     by which way this came
     * @param address  null where the team has not asked for it, or where he has none
     */
    public record Facts(
            Subscriber.Reach reach,
            String language,
            List<Chosen> topics,
            @Nullable String link,
            Consent.Door door,
            @Nullable String address) {
        public Facts {
            topics = List.copyOf(topics);
        }
    }

    /** A topic, with its names. */
    public record Chosen(String id, String nameFr, String nameEn) {}
}
