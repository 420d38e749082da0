package org.tocsin.web.desk;

/**
 * A freeze as the desk shows it.
 *
 * @param now  whether it stands already
 * @param told from when, until when, on which channels and why
 */
public record Frozen(boolean now, String told) {}
