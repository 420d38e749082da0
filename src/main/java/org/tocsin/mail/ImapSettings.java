package org.tocsin.mail;

import org.tocsin.base.Secret;

/**
 * The mailbox to which returned letters come.
 *
 * @param tls from the first byte (RFC 8314, usual on port 993); without it only for a server on the same machine
 */
public record ImapSettings(String host, int port, boolean tls, String user, Secret password, String folder) {}
