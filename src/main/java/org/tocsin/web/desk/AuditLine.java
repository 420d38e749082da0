package org.tocsin.web.desk;

/**
 * A row of the audit trail as a page shows it.
 *
 * @param who a name where it is known, else an id
 */
public record AuditLine(long number, String at, String who, String action, String subject, String detail) {}
