package org.tocsin.newsletter;

import java.time.Duration;

/**
 * How fast newsletters go out.
 *
 * @param perMinute   letters by mail in a minute
 * @param connections to the mail server at once
 */
public record SendingSettings(int perMinute, int connections) {
    /**
     * To different people a bot may send about 30 messages a second (core.telegram.org/bots/faq, "My bot is hitting limits", seen 2026-11).
     */
    static final int TELEGRAM_PER_SECOND = 25;

    /** A chat of each bot at a time would wait for each answer: so many go at once. */
    static final int TELEGRAM_AT_ONCE = 4;

    Duration mailSpacing() {
        return Duration.ofNanos(60_000_000_000L / Math.max(1, perMinute));
    }

    static Duration telegramSpacing() {
        return Duration.ofMillis(1000 / TELEGRAM_PER_SECOND);
    }
}
