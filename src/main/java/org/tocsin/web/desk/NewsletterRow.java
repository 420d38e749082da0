package org.tocsin.web.desk;

/**
 * A newsletter in the list.
 *
 * @param tone of its state: {@code quiet}, {@code waiting}, {@code good}, {@code care}
 * @param when what there is to say of its time; empty for nothing
 * @param sent how many letters were taken, and of how many; empty before it begins
 */
public record NewsletterRow(String id, String title, String state, String tone, String when, String sent) {}
