package org.tocsin.watch.spike;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.NavigableMap;

/**
 * How much is usual in each hour of the week, from what was counted lately. Each hour weighs less than the same hour a week later; all are
 * drawn towards the mean of all hours as if one hour of that had been seen as well, so that an hour in which nothing came in four weeks is
 * not taken for one in which nothing can. A public holiday is a Sunday.
 */
public final class Baseline {
    /** How long is looked back. */
    public static final Duration LOOK_BACK = Duration.ofDays(28);
    /** Less says nothing: not every hour of the week was seen. */
    public static final Duration LEAST = Duration.ofDays(7);
    /** In which counts are handed in. */
    public static final Duration BUCKET = Duration.ofMinutes(5);

    private static final int SLOTS = 7 * 24;
    private static final long HOUR = 3600;
    private static final long BUCKET_SECONDS = BUCKET.toSeconds();
    /** What a week takes from an hour's weight. */
    private static final double WEEK = 0.75;
    /** Fewer than one in four weeks cannot be told from none. */
    private static final double LEAST_RATE = 1.0 / (4 * SLOTS);

    private final ZoneId zone;
    private final double[] sums;
    private final double[] weights;
    private final double mean;
    private final double spread;
    private final long hours;

    private Baseline(ZoneId zone, double[] sums, double[] weights, double mean, double spread, long hours) {
        this.zone = zone;
        this.sums = sums;
        this.weights = weights;
        this.mean = mean;
        this.spread = spread;
        this.hours = hours;
    }

    /** A time that is not usual and is left out. */
    public record Span(Instant from, Instant to) {
        private boolean meets(long from, long to) {
            return this.from.getEpochSecond() < to && this.to.getEpochSecond() >= from;
        }
    }

    /**
     * @param counts by the number of their bucket, counted from 1970; a bucket that is not there is 0
     * @param from   since when was counted
     * @param except what is left out
     * @param zone   whose hours and days people keep
     */
    public static Baseline of(
            NavigableMap<Long, Integer> counts, Instant from, Instant to, List<Span> except, ZoneId zone) {
        long first = Math.ceilDiv(from.getEpochSecond(), HOUR);
        long end = to.getEpochSecond() / HOUR;
        double[] sums = new double[SLOTS];
        double[] weights = new double[SLOTS];
        long total = 0;
        long hours = 0;
        for (long hour = first; hour < end; hour++) {
            if (left(hour, except)) {
                continue;
            }
            int slot = slot(hour, zone);
            double weight = weight(hour, end);
            int count = count(counts, hour);
            sums[slot] += weight * count;
            weights[slot] += weight;
            total += count;
            hours++;
        }
        double mean = Math.max(LEAST_RATE, hours == 0 ? 0 : (double) total / hours);
        Baseline even = new Baseline(zone, sums, weights, mean, 0, hours);
        double more = 0;
        double squares = 0;
        for (long hour = first; hour < end; hour++) {
            if (!left(hour, except)) {
                double usual = even.rate(slot(hour, zone));
                int count = count(counts, hour);
                more += (count - usual) * (count - usual) - count;
                squares += usual * usual;
            }
        }
        return new Baseline(zone, sums, weights, mean, squares == 0 ? 0 : Math.max(0, more / squares), hours);
    }

    private static boolean left(long hour, List<Span> except) {
        return except.stream().anyMatch(span -> span.meets(hour * HOUR, (hour + 1) * HOUR));
    }

    private static double weight(long hour, long end) {
        long weeks = (end - 1 - hour) / SLOTS;
        return Math.pow(WEEK, (double) weeks);
    }

    private static int count(NavigableMap<Long, Integer> counts, long hour) {
        long first = hour * HOUR / BUCKET_SECONDS;
        return counts.subMap(first, first + HOUR / BUCKET_SECONDS).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static int slot(long hour, ZoneId zone) {
        ZonedDateTime time = Instant.ofEpochSecond(hour * HOUR).atZone(zone);
        DayOfWeek day = Holidays.is(time.toLocalDate()) ? DayOfWeek.SUNDAY : time.getDayOfWeek();
        return (day.getValue() - 1) * 24 + time.getHour();
    }

    /** @return whether enough was seen to say what is usual */
    public boolean known() {
        return hours >= LEAST.toHours();
    }

    /** @return the mean of a day */
    public double perDay() {
        return hours == 0 ? 0 : mean * 24;
    }

    private double rate(int slot) {
        return (mean + sums[slot]) / (1 + weights[slot]);
    }

    /** The part of an hour that lies in a window: mean and variance of what comes in it. */
    private Forecast part(long hour, double share) {
        int slot = slot(hour, zone);
        double usual = rate(slot) * share;
        double unsure = usual * share / (1 + weights[slot]);
        return Forecast.of(usual, usual + unsure + spread * usual * usual);
    }

    /** @return what is expected between two times */
    public Forecast between(Instant from, Instant to) {
        double expected = 0;
        double variance = 0;
        for (long hour = from.getEpochSecond() / HOUR; hour * HOUR < to.getEpochSecond(); hour++) {
            Forecast part = part(hour, share(hour, from, to));
            expected += part.mean();
            variance += part.mean() + (Double.isInfinite(part.size()) ? 0 : part.mean() * part.mean() / part.size());
        }
        return Forecast.of(expected, variance);
    }

    /** @return how likely nothing comes between two times */
    public double silent(Instant from, Instant to) {
        double log = 0;
        for (long hour = from.getEpochSecond() / HOUR; hour * HOUR < to.getEpochSecond(); hour++) {
            log += part(hour, share(hour, from, to)).logNone();
        }
        return Math.exp(log);
    }

    private static double share(long hour, Instant from, Instant to) {
        long begin = Math.max(hour * HOUR, from.getEpochSecond());
        long end = Math.min((hour + 1) * HOUR, to.getEpochSecond());
        return Math.max(0, end - begin) / (double) HOUR;
    }
}
