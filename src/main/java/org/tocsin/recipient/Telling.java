package org.tocsin.recipient;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * Something that a recipient is to be told.
 *
 * @param subject  the id of the alert or notice
 * @param watchId  of an alert; null for a notice
 * @param urgent   whether quiet hours and budget do not hold for it
 * @param together whether it goes with what else is due: it had to wait, or its watch speaks in digests
 */
public record Telling(
        String id,
        BranchId branch,
        String recipientId,
        Subject kind,
        String subject,
        @Nullable String watchId,
        boolean urgent,
        boolean together,
        Instant dueAt,
        Instant createdAt) {}
