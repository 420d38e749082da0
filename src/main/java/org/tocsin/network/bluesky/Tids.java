package org.tocsin.network.bluesky;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Makes timestamp identifiers (atproto.com/specs/tid): 53 bits of microseconds and 10 of a clock id in thirteen characters of base 32
 * that sort as the numbers do.
 */
final class Tids {
    private static final String ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
    private static final Pattern TID = Pattern.compile("[234567a-j][234567a-z]{12}");
    private static final long MAX_MICROS = (1L << 53) - 1;

    private final Clock clock;
    private final long clockId;
    private final AtomicLong last;

    /** @param clock the time that goes into the identifiers */
    Tids(Clock clock) {
        this.clock = clock;
        this.clockId = new SecureRandom().nextInt(1 << 10);
        this.last = new AtomicLong();
    }

    /** @return a fresh identifier; later ones sort after earlier ones, even when the clock is set back */
    String next() {
        Instant now = clock.instant();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        long stamp = last.updateAndGet(before -> Math.max(before + 1, micros));
        long value = (stamp & MAX_MICROS) << 10 | clockId;
        StringBuilder text = new StringBuilder(13);
        for (int shift = 60; shift >= 0; shift -= 5) {
            text.append(ALPHABET.charAt((int) (value >>> shift) & 31));
        }
        return text.toString();
    }

    static boolean isTid(String text) {
        return TID.matcher(text).matches();
    }
}
