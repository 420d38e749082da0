package org.tocsin.web.desk;

/**
 * An annotation as a page shows it.
 *
 * @param offset its day, counted from the first of the period
 * @param day    in words
 * @param kind   in words
 */
public record AudienceNote(String id, long offset, String day, String kind, String text, long version) {}
