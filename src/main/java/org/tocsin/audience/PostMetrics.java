package org.tocsin.audience;

import java.time.Instant;

/**
 * What a network said of a published delivery, once.
 *
 * @param deliveryId which; of a thread, its first part
 * @param channelId  where
 * @param takenAt    when it was said
 * @param counts     what was said
 */
public record PostMetrics(String deliveryId, String channelId, Instant takenAt, Counts counts) {}
