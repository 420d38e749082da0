package org.tocsin.app;

import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.network.Network;

/**
 * Where the crash test takes hold of a daemon: it dies at a named point, or runs a wrong variant on purpose, to show that the test sees
 * it.
 *
 * @param crashPoints passed between two durable steps
 * @param adapter     applied to each network
 * @param exit        ends the process with a code, at once
 * @param restart     begins anew, soon
 */
public record Seams(CrashPoints crashPoints, UnaryOperator<Network> adapter, IntConsumer exit, Runnable restart) {
    /** A daemon as it is meant to be. */
    public static final Seams NONE = new Seams(CrashPoints.NONE, UnaryOperator.identity());

    /** Ends as a daemon does. */
    public Seams(CrashPoints crashPoints, UnaryOperator<Network> adapter) {
        this(crashPoints, adapter, code -> Runtime.getRuntime().halt(code), () -> {});
    }

    /** @return the same, with a way to begin anew */
    Seams restarting(Runnable again) {
        return new Seams(crashPoints, adapter, exit, again);
    }
}
