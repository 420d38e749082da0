package org.tocsin.web.desk;

/**
 * A draft in the list.
 *
 * @param title the beginning of its text
 * @param about who changed it last, and when
 */
public record KeptRow(String id, String title, String about, long version) {}
