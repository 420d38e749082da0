package org.tocsin.watch.spike;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether much more comes than is usual. Three windows are looked at, so that a burst of minutes is seen as well as a slow rise; what is
 * required of each is a third of what is required of all.
 */
public final class Surge {
    /** The last minutes that are looked at. */
    public static final List<Duration> WINDOWS =
            List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1));

    /** So unlikely that it is told. */
    public static final double UNLIKELY = 1e-4;
    /** An episode goes on while one window is at least so unlikely. */
    static final double STILL = 1e-2;
    /** Fewer stories are no matter, however rare. */
    public static final int STORIES = 5;
    /** Fewer authors are somebody who repeats himself. */
    public static final int AUTHORS = 3;

    private Surge() {}

    /** How much came in a window. */
    public record Count(long stories, long authors) {}

    /**
     * A window in which much came.
     *
     * @param chance how likely so much or more is
     */
    public record Found(Duration window, Count count, double expected, double chance) {
        /** @return whether that begins an episode */
        public boolean begins() {
            return chance < UNLIKELY / WINDOWS.size() && count.stories() >= STORIES && count.authors() >= AUTHORS;
        }

        /** @return whether an episode that has begun goes on */
        public boolean goesOn() {
            return chance < STILL && count.stories() > 0;
        }
    }

    /** @return the window that is least likely; empty where not enough is known */
    public static Optional<Found> look(Baseline usual, Instant now, Function<Duration, Count> counted) {
        if (!usual.known()) {
            return Optional.empty();
        }
        Found least = null;
        for (Duration window : WINDOWS) {
            Forecast forecast = usual.between(now.minus(window), now);
            Count count = counted.apply(window);
            Found found = new Found(window, count, forecast.mean(), forecast.atLeast(count.stories()));
            // Where one begins an episode it is told, though another that cannot is less likely still.
            if (least == null
                    || (found.begins() && !least.begins())
                    || (found.begins() == least.begins() && found.chance() < least.chance())) {
                least = found;
            }
        }
        return Optional.ofNullable(least);
    }
}
