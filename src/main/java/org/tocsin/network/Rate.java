package org.tocsin.network;

import java.time.Duration;

/**
 * At most so many creations in any window of that length, per account.
 *
 * @param name    distinguishes the rates of one network: {@code posts-3h}
 * @param permits at least 1
 * @param window  longer than zero
 */
public record Rate(String name, int permits, Duration window) {}
