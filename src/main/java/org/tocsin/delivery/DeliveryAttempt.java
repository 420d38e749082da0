package org.tocsin.delivery;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.network.Reason;

/**
 * One attempt: a request, a probe, an edit or a preparation that failed. Every one is kept.
 *
 * @param deliveryId whose
 * @param number     from 1
 * @param channelId  kept beside it: the account's rates are counted over these rows
 * @param segment    the segment's index
 * @param startedAt  when
 * @param endedAt    null while it runs, or for ever when the daemon died in it
 * @param outcome    {@code running}, {@code published}, {@code pending}, {@code refused}, {@code throttled}, {@code unauthorized},
 *     {@code unreachable}, {@code unknown}, {@code found}, {@code absent}, {@code inconclusive}, {@code interrupted}; of a revision {@code editing} while it runs,
 *     {@code edited}, {@code edit-later}, {@code edit-refused}, {@code edit-gone}, {@code edit-unauthorized}
 * @param send       whether it was a request to publish (counts against the account's rates)
 * @param httpStatus null where there was none
 * @param reason     null where that needs no saying
 * @param excerpt    of the answer, may be empty
 * @param costMicroUsd millionths of a US dollar that were spent with it and not given back
 */
public record DeliveryAttempt(
        String deliveryId,
        int number,
        String channelId,
        int segment,
        Instant startedAt,
        @Nullable Instant endedAt,
        String outcome,
        boolean send,
        @Nullable Integer httpStatus,
        @Nullable Message reason,
        String excerpt,
        long costMicroUsd) {
    private static final Set<String> WITHOUT_EFFECT = Set.of("refused", "throttled", "unauthorized", "unreachable");

    /** An attempt without cost. */
    public DeliveryAttempt(
            String deliveryId,
            int number,
            String channelId,
            int segment,
            Instant startedAt,
            @Nullable Instant endedAt,
            String outcome,
            boolean send,
            @Nullable Integer httpStatus,
            @Nullable Message reason,
            String excerpt) {
        this(deliveryId, number, channelId, segment, startedAt, endedAt, outcome, send, httpStatus, reason, excerpt, 0);
    }

    /** @return whether it may have had its effect */
    public boolean left() {
        return send && !WITHOUT_EFFECT.contains(outcome);
    }

    /** @return the same, ended */
    DeliveryAttempt ended(Instant at, String how, @Nullable Reason why) {
        return new DeliveryAttempt(
                deliveryId,
                number,
                channelId,
                segment,
                startedAt,
                at,
                how,
                send,
                why == null ? null : why.httpStatus(),
                why == null ? null : why.message(),
                why == null ? "" : why.excerpt(),
                costMicroUsd);
    }

    /** @return the same, its money given back */
    DeliveryAttempt free() {
        return new DeliveryAttempt(
                deliveryId, number, channelId, segment, startedAt, endedAt, outcome, send, httpStatus, reason, excerpt);
    }
}
