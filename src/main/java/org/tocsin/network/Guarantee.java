package org.tocsin.network;

import java.time.Duration;

/**
 * What can be promised when it is not known whether a request had its effect.
 *
 * @param kind   the class
 * @param window how long after the first intent the same key may be sent again; only for WINDOWED
 */
public record Guarantee(Kind kind, Duration window) {
    /** The classes, strongest first. */
    public enum Kind {
        /** The key makes a repeat harmless for ever. */
        KEYED,
        /** The key makes a repeat harmless inside the window; afterwards as PROBED. */
        WINDOWED,
        /** The network can be asked whether the post is there. */
        PROBED,
        /** Neither: at most once, and a person decides. */
        NONE
    }

    /** A class without a window. */
    public static Guarantee of(Kind kind) {
        return new Guarantee(kind, Duration.ZERO);
    }
}
