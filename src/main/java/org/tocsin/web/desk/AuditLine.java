package org.tocsin.web.desk;

/**
 * A row of the audit trail as a page shows it.
 *
 * @param who     a name where it is known, else an id
 * @param action  in words
 * @param subject a name where it is known, else an id; may be empty
 * @param link    to the subject; empty where it has no page
 * @param detail  in words, as far as there are any
 */
public record AuditLine(
        long number, String at, String who, String action, String subject, String link, String detail) {}
