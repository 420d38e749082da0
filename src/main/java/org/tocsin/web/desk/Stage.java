package org.tocsin.web.desk;

/**
 * A channel on which one rehearses.
 *
 * @param rules  whose they are, in words
 * @param chosen whether the page shows what was rehearsed there alone
 */
public record Stage(String id, String name, String rules, boolean chosen) {}
