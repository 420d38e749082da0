package org.tocsin.base;

import java.util.Objects;

/**
 * Who acts: a person, an API token, or the daemon itself.
 *
 * @param value the id, never blank
 */
public record UserId(String value) {
    /** The daemon, for what happens by time alone. */
    public static final UserId DAEMON = new UserId("daemon");

    /** Whoever has not said who he is. */
    public static final UserId ANYONE = new UserId("anyone");

    public UserId {
        Objects.requireNonNull(value);
    }
}
