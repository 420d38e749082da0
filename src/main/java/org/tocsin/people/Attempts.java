package org.tocsin.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/**
 * Slows guessing down: whoever fails waits a second, then two, four … up to a quarter of an hour, for that login from that address; and
 * an address has thirty attempts in five minutes for all logins. In memory: a restart forgives, and a flood of addresses pushes out the
 * oldest and nothing else.
 */
final class Attempts {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int PER_ADDRESS = 30;
    private static final int REMEMBERED = 20_000;

    /** OWASP ASVS 5.0, 6.6: codes of six digits are guessed a few times only. */
    static final int GUESSES = 5;

    private final Clock clock;
    private final Cache<String, Failures> logins;
    private final Cache<String, Failures> addresses;
    private final Cache<String, Integer> halves;

    private record Failures(int count, Instant until) {}

    Attempts(Clock clock) {
        this.clock = clock;
        Ticker ticker = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        this.logins = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .ticker(ticker)
                .expireAfterWrite(LONGEST.multipliedBy(2))
                .build();
        this.addresses = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .ticker(ticker)
                .expireAfterWrite(WINDOW)
                .build();
        this.halves = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .ticker(ticker)
                .expireAfterWrite(LONGEST)
                .build();
    }

    /**
     * Admits an attempt and counts it as failed in one step, before it is checked: of many at the same time one passes.
     *
     * @throws FaultException TOO_MANY while he must wait
     */
    void reserve(String login, String address) {
        Instant now = clock.instant();
        logins.asMap().compute(key(login, address), (key, before) -> {
            if (before != null && now.isBefore(before.until)) {
                throw wait(Duration.between(now, before.until));
            }
            return slower(before, now);
        });
        addresses.asMap().compute(address, (key, before) -> {
            boolean over = before == null || !now.isBefore(before.until);
            if (!over && before.count >= PER_ADDRESS) {
                throw wait(Duration.between(now, before.until));
            }
            return new Failures(over ? 1 : before.count + 1, over ? now.plus(WINDOW) : before.until);
        });
    }

    /** Gives back what was reserved, for it was right. */
    void giveBack(String login, String address) {
        logins.invalidate(key(login, address));
        returned(address);
    }

    /** Takes one reservation back, and nothing of what failed before. */
    void undo(String login, String address) {
        Instant now = clock.instant();
        logins.asMap()
                .computeIfPresent(
                        key(login, address),
                        (key, before) -> before.count <= 1 ? null : new Failures(before.count - 1, now));
        returned(address);
    }

    private void returned(String address) {
        addresses
                .asMap()
                .computeIfPresent(
                        address,
                        (key, before) -> before.count <= 1 ? null : new Failures(before.count - 1, before.until));
    }

    /** @return how many codes were tried in that half session, from wherever, this one among them */
    int guess(String half) {
        return halves.asMap().merge(half, 1, Integer::sum);
    }

    private static Failures slower(@Nullable Failures before, Instant now) {
        int count = before == null ? 1 : before.count + 1;
        Duration pause = Duration.ofSeconds(1L << Math.min(count - 1, 10));
        return new Failures(count, now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause));
    }

    private static String key(String login, String address) {
        return login + " " + address;
    }

    private static FaultException wait(Duration left) {
        long seconds = Math.max(1, left.toSeconds() + 1);
        return new FaultException(Kind.TOO_MANY, Fault.at("", Message.of("people.wait", "seconds", seconds)));
    }
}
