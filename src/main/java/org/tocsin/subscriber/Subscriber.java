package org.tocsin.subscriber;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * A person who signed up.
 *
 * @param language    {@code fr} or {@code en}
 * @param person      who he is; empty once he has left
 * @param topics      ids of what he chose; empty for everything
 * @param link        code of the link or leaflet that brought him; null where none did
 * @param createdAt   when he first asked
 * @param confirmedAt when he confirmed; null until then
 * @param endedAt     when he left, or could not be reached any more; null while he is there
 * @param seenAt      his last sign of life
 * @param askedAt     when his server or Telegram took the question whether he still wants letters; null where none did, or he has answered
 */
public record Subscriber(
        String id,
        BranchId branch,
        State state,
        Reach reach,
        String language,
        Person person,
        Set<String> topics,
        @Nullable String link,
        Instant createdAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant endedAt,
        Instant seenAt,
        @Nullable Instant askedAt,
        long version) {
    public Subscriber {
        topics = Set.copyOf(topics);
    }

    /** Where he stands. */
    public enum State {
        /** Has asked, and not confirmed yet. */
        PENDING,
        /** Gets letters. */
        CONFIRMED,
        /** Has asked that his data be kept and not used (GDPR, article 18). */
        RESTRICTED,
        /** Has left. */
        LEFT,
        /** His address refuses letters, or he blocked the bot. */
        UNREACHABLE
    }

    /** Where letters reach him. */
    public enum Reach {
        MAIL,
        TELEGRAM
    }

    /**
     * Who he is. Kept sealed.
     *
     * @param address    null where he is written to on Telegram
     * @param telegramId his number on Telegram; null where he never spoke to the bot
     * @param name       as he or Telegram named him; null for none
     */
    public record Person(
            @Nullable String address,
            @Nullable Long telegramId,
            @Nullable String name) {
        /** Nobody any more. */
        public static final Person NOBODY = new Person(null, null, null);
    }
}
