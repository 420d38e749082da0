package org.tocsin.people;

import java.time.Instant;

/**
 * What was done, by whom.
 *
 * @param number  in the order in which it was done, from 1
 * @param actor   the id of a person, of a token, or of the daemon
 * @param action  {@code subject.verb}
 * @param subject the id of what was changed
 * @param detail  plain text
 */
public record AuditRow(long number, Instant at, String actor, String action, String subject, String detail) {}
