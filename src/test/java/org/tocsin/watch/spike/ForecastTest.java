package org.tocsin.watch.spike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tails against sums to 60 digits. */
class ForecastTest {
    private static final MathContext DIGITS = new MathContext(60);
    private static final double SAME = 1e-9;

    @ParameterizedTest
    @CsvSource({"0.01,1", "0.01,5", "0.4,5", "1,1", "3,12", "12,5", "12,12", "12,40", "250,200", "250,330", "250,250"})
    void of_poisson(String mean, int n) {
        double exact = poisson(new BigDecimal(mean), n).doubleValue();
        double told = new Forecast(Double.parseDouble(mean), Double.POSITIVE_INFINITY).atLeast(n);
        assertThat(told).isCloseTo(exact, within(exact * SAME));
    }

    @ParameterizedTest
    @CsvSource({"0.25,1,5", "2,3,15", "12,4,5", "12,4,60", "250,20,240", "250,20,500", "0.05,2,3"})
    void of_the_negative_binomial(String mean, int size, int n) {
        double exact = negativeBinomial(new BigDecimal(mean), size, n).doubleValue();
        double told = new Forecast(Double.parseDouble(mean), size).atLeast(n);
        assertThat(told).isCloseTo(exact, within(exact * SAME));
    }

    @ParameterizedTest
    @CsvSource({"0,1,0", "0,0,1", "5,0,1", "3,-2,1"})
    void at_the_edges(double mean, long n, double chance) {
        assertThat(new Forecast(mean, 2).atLeast(n)).isEqualTo(chance);
    }

    private static BigDecimal poisson(BigDecimal mean, int n) {
        BigDecimal term = BigDecimal.ONE.divide(exp(mean), DIGITS);
        BigDecimal below = BigDecimal.ZERO;
        for (int k = 0; k < n; k++) {
            below = below.add(term);
            term = term.multiply(mean).divide(BigDecimal.valueOf(k + 1), DIGITS);
        }
        return BigDecimal.ONE.subtract(below);
    }

    private static BigDecimal exp(BigDecimal x) {
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int k = 1; k < 2_000; k++) {
            term = term.multiply(x).divide(BigDecimal.valueOf(k), new MathContext(200));
            sum = sum.add(term);
        }
        return sum;
    }

    private static BigDecimal negativeBinomial(BigDecimal mean, int size, int n) {
        BigDecimal whole = mean.add(BigDecimal.valueOf(size));
        BigDecimal hit = mean.divide(whole, DIGITS);
        BigDecimal term = BigDecimal.valueOf(size).divide(whole, DIGITS).pow(size);
        BigDecimal below = BigDecimal.ZERO;
        for (int k = 0; k < n; k++) {
            below = below.add(term);
            term = term.multiply(hit).multiply(BigDecimal.valueOf(k + size)).divide(BigDecimal.valueOf(k + 1), DIGITS);
        }
        return BigDecimal.ONE.subtract(below);
    }
}
