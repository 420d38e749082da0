package org.tocsin.web.desk;

/**
 * A line of the page of rights.
 *
 * @param state what it is called
 * @param said  what it is about
 * @param more  who and when
 * @param act   what can be done with it, by name; empty for nothing
 */
public record RightsRow(String id, String state, String said, String more, long version, String act) {}
