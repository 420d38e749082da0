package org.tocsin.network;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was committed before the first byte of a request. It is what is sent, and what is sent again.
 *
 * @param key            the segment's key
 * @param body           the exact request, in the adapter's own form
 * @param text           the text as rendered, for comparing with what the network lists
 * @param textHash       SHA-256 of the normalised text, 64 hexadecimal digits
 * @param parentRemoteId what it replies to, null for none
 * @param firstAt        when the first intent with this body was committed
 * @param at             when this intent was committed
 * @param taken          says of a remote id whether it belongs to another delivery
 */
public record Intent(
        DeliveryKey key,
        String body,
        String text,
        String textHash,
        @Nullable String parentRemoteId,
        Instant firstAt,
        Instant at,
        Predicate<String> taken) {}
