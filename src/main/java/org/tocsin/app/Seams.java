package org.tocsin.app;

import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.network.Network;

/**
 * Where tests take hold of a daemon: it dies at a named point, or runs a wrong variant on purpose, to show that the test sees
 * it.
 *
 * @param crashPoints passed between two durable steps
 * @param adapter     applied to each network
 * @param exit        ends the process with a code, at once
 * @param restart     begins anew, soon
 * @param x           origin at which accounts of X are connected; null for X itself
 */
public record Seams(
        CrashPoints crashPoints,
        UnaryOperator<Network> adapter,
        IntConsumer exit,
        Runnable restart,
        @Nullable String x) {
    /** A daemon as it is meant to be. */
    public static final Seams NONE = new Seams(CrashPoints.NONE, UnaryOperator.identity());

    /** Ends as a daemon does. */
    public Seams(CrashPoints crashPoints, UnaryOperator<Network> adapter) {
        this(crashPoints, adapter, code -> Runtime.getRuntime().halt(code), () -> {}, null);
    }

    /** @return the same, with a stand-in for X: its address is no setting, as there is no other X */
    Seams connecting(String origin) {
        return new Seams(crashPoints, adapter, exit, restart, origin);
    }

    /** @return the same, with a way to begin anew */
    Seams restarting(Runnable again) {
        return new Seams(crashPoints, adapter, exit, again, x);
    }
}
