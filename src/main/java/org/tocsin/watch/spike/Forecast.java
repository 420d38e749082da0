package org.tocsin.watch.spike;

/**
 * What is expected of a count: a negative binomial distribution, of which Poisson's is the limit.
 *
 * @param mean at least 0
 * @param size above 0; the smaller, the wider the count varies about the same mean (variance = mean + mean² / size); infinite for Poisson
 */
public record Forecast(double mean, double size) {
    private static final double NEGLIGIBLE = 1e-17;

    /** @return of the count whose mean and variance these are */
    static Forecast of(double mean, double variance) {
        return new Forecast(mean, variance > mean ? mean * mean / (variance - mean) : Double.POSITIVE_INFINITY);
    }

    /** @return how likely the count is {@code n} or more: 0 to 1, to about 12 digits */
    public double atLeast(long n) {
        if (n <= 0) {
            return 1;
        }
        if (mean <= 0) {
            return 0;
        }
        // The smaller part is summed: of a likely count that is what lies below.
        return n > mean ? Math.min(1, above(n)) : Math.clamp(1 - below(n), 0, 1);
    }

    /** @return how likely there is nothing at all */
    public double none() {
        return Math.exp(logNone());
    }

    double logNone() {
        return Double.isInfinite(size) ? -mean : -size * Math.log1p(mean / size);
    }

    /** How likely {@code k + 1} is, as a multiple of how likely {@code k} is. */
    private double step(long k) {
        return Double.isInfinite(size) ? mean / (k + 1) : mean / (size + mean) * (k + size) / (k + 1);
    }

    /** In logarithms: a large mean leaves nothing of the likelihood of 0. */
    private double exactly(long n) {
        double log = logNone();
        for (long k = 0; k < n; k++) {
            log += Math.log(step(k));
        }
        return Math.exp(log);
    }

    private double above(long n) {
        double term = exactly(n);
        double sum = 0;
        // Beyond the mean each term is smaller than the one before, so that this ends.
        for (long k = n; term > sum * NEGLIGIBLE; k++) {
            sum += term;
            term *= step(k);
        }
        return sum;
    }

    private double below(long n) {
        double term = exactly(n - 1);
        double sum = 0;
        for (long k = n - 1; k >= 0 && term > sum * NEGLIGIBLE; k--) {
            sum += term;
            term = k == 0 ? 0 : term / step(k - 1);
        }
        return sum;
    }
}
