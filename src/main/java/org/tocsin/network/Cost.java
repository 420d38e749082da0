package org.tocsin.network;

/**
 * What a request costs.
 *
 * @param microUsd millionths of a US dollar, 0 or more
 */
public record Cost(long microUsd) {
    /** Nothing. */
    public static final Cost FREE = new Cost(0);

    /** @return both together */
    public Cost plus(Cost other) {
        return new Cost(microUsd + other.microUsd);
    }
}
