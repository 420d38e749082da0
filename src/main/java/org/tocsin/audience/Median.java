package org.tocsin.audience;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The middle of what was seen, and between which of the things seen the middle of all that could be seen lies, with at least 95 % confidence,
 * whatever their distribution. The interval goes from the k-th smallest to the k-th largest, with the largest k for which fewer than k of n
 * lie below the median with a probability of at most 2.5 % (binomial with one half; H. A. David and H. N. Nagaraja, Order Statistics,
 * 3rd ed., Wiley 2003, section 7.1). It takes the things seen to be independent, which posts are only roughly.
 *
 * @param value the median; between the two in the middle where their number is even
 * @param low   the lower end
 * @param high  the upper end
 * @param count how many were seen, {@link #FEWEST} or more
 */
public record Median(double value, double low, double high, int count) {
    /** Of fewer there is no such interval: even from the smallest to the largest of five it is 93.75 %. */
    public static final int FEWEST = 6;

    private static final double TAIL = 0.025;

    /** @return empty for fewer than {@link #FEWEST} */
    public static Optional<Median> of(Collection<Double> seen) {
        if (seen.size() < FEWEST) {
            return Optional.empty();
        }
        List<Double> sorted = seen.stream().sorted().toList();
        int n = sorted.size();
        int k = rank(n);
        return Optional.of(new Median(middle(sorted), sorted.get(k - 1), sorted.get(n - k), n));
    }

    /** @return the middle of at least one */
    static double middle(List<Double> sorted) {
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }

    /** @return the k of the interval, counted from 1; 0 where there is none */
    static int rank(int n) {
        // In logarithms: a half to the power of n is no number any more from n = 1075.
        double log = -n * Math.log(2);
        double below = 0;
        int k = 0;
        while (k < n) {
            below += Math.exp(log);
            if (below > TAIL) {
                return k;
            }
            log += Math.log((double) (n - k) / (k + 1));
            k++;
        }
        return k;
    }
}
