package org.tocsin.web.desk;

/**
 * What of a post that waits can be changed.
 *
 * @param date as ISO 8601, in that zone; empty where it goes out as soon as it may
 * @param time likewise, {@code HH:mm}
 */
public record EditForm(String text, String language, String date, String time, String zone) {}
