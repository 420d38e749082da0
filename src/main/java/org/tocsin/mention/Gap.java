package org.tocsin.mention;

import java.time.Instant;

/**
 * A time in which a source may have said what was not heard.
 *
 * @param from the last moment up to which all is known
 * @param to   the first from which it is again
 */
public record Gap(String sourceId, Instant from, Instant to) {}
