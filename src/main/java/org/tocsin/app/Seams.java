package org.tocsin.app;

import java.util.function.UnaryOperator;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.network.Network;

/**
 * Where the crash test takes hold of a daemon: it dies at a named point, or runs a wrong variant on purpose, to show that the test sees
 * it.
 *
 * @param crashPoints passed between two durable steps
 * @param adapter     applied to each network
 */
public record Seams(CrashPoints crashPoints, UnaryOperator<Network> adapter) {
    /** A daemon as it is meant to be. */
    public static final Seams NONE = new Seams(CrashPoints.NONE, UnaryOperator.identity());
}
