package org.tocsin.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.delivery.Notices;

/**
 * What needs a person.
 *
 * @param id             stable; the event id by which a receiver knows a repeat
 * @param branch         whose
 * @param kind           the sort
 * @param subject        the id of the delivery or channel
 * @param message        what to tell
 * @param createdAt      when
 * @param state          {@code NEW}, {@code SENT}, {@code FAILED}, {@code NONE} where no way out is set
 * @param attempts       to send it
 * @param acknowledgedAt when a person has seen to it, or what it tells of has ended by itself; null before
 */
public record Notice(
        String id,
        BranchId branch,
        Notices.Kind kind,
        String subject,
        Message message,
        Instant createdAt,
        String state,
        int attempts,
        @Nullable Instant acknowledgedAt) {}
