package org.tocsin.recipient;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.delivery.Notices;

/**
 * Whom alerts and notices are told: a person, or a room in which several read.
 *
 * @param userId  the person of the team; null for a room
 * @param quiet   hours in which only what is urgent is told; null for none
 * @param budget  how many texts an hour he is told at most, 1–1000; what is more waits and comes as a digest
 * @param notices the sorts of notice that he is told; {@link Notices.Kind#ALERT} for the alerts of watches that name nobody
 * @param nextId  who is told when he does not answer what is urgent; null for nobody
 * @param version counts changes
 */
public record Recipient(
        String id,
        BranchId branch,
        String name,
        @Nullable String userId,
        Locale language,
        ZoneId zone,
        @Nullable QuietHours quiet,
        int budget,
        Set<Notices.Kind> notices,
        @Nullable String nextId,
        Instant createdAt,
        long version) {
    public static final int MOST_BUDGET = 1000;

    public Recipient {
        notices = Set.copyOf(notices);
    }
}
