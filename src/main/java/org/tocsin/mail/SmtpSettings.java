package org.tocsin.mail;

import org.jspecify.annotations.Nullable;
import org.tocsin.base.Secret;

/**
 * The server that takes mail further.
 *
 * @param user null where it asks for none
 * @param from the address in From; its domain is that of message ids
 */
public record SmtpSettings(
        String host,
        int port,
        Encryption encryption,
        @Nullable String user,
        @Nullable Secret password,
        String from) {
    /** How the connection is kept from others' eyes. */
    public enum Encryption {
        /** Begins in clear and must become TLS before anything is said (RFC 3207); usual on port 587. */
        STARTTLS,
        /** TLS from the first byte (RFC 8314); usual on port 465. */
        TLS,
        /** None: for a server on the same machine. */
        NONE
    }
}
