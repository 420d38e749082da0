package org.tocsin.people;

/**
 * Whose daemon it is.
 *
 * @param name      as the feeds and the second factor show it
 * @param language  of posts that do not say theirs, BCP 47
 * @param zone      of times that do not say theirs, as in the time zone database
 * @param publicUrl the address that people use, without a path; empty where there is none
 */
public record Organisation(String name, String language, String zone, String publicUrl) {}
