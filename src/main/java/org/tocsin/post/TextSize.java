package org.tocsin.post;

import java.util.Set;

/**
 * How long a text is by the rule of a network.
 *
 * @param actual the length, at least 0
 * @param limit  the greatest length that is accepted
 * @param unit   what is counted: {@code graphemes}, {@code utf-16}, {@code code-points}, {@code bytes}, {@code weight}
 */
public record TextSize(long actual, long limit, String unit) {
    /** The units of the networks that come with Tocsin; each has its words for people. */
    public static final Set<String> UNITS = Set.of("graphemes", "utf-16", "code-points", "bytes", "weight");

    /** @return whether the network takes it */
    public boolean fits() {
        return actual <= limit;
    }
}
