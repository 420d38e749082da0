package org.tocsin.delivery;

import java.time.Duration;

/**
 * The settings of deliveries.
 *
 * @param quiet       how long after the outcome became unknown a network is asked, or the request repeated: never shorter than its
 *     read lag
 * @param grace       how late a delivery may still go out by itself
 * @param retryMin    the shortest wait before another attempt
 * @param retryMax    the longest
 * @param giveUpAfter the time after the first attempt in which it is tried again
 * @param probes      how often a network is asked in vain before a person is
 */
public record DeliverySettings(
        Duration quiet, Duration grace, Duration retryMin, Duration retryMax, Duration giveUpAfter, int probes) {}
