package org.tocsin.web.desk;

/**
 * A value that a search can be narrowed to.
 *
 * @param label  in words
 * @param count  how many were found with it
 * @param href   the search with it; without it where it is chosen
 * @param chosen whether the search is narrowed to it
 */
public record FacetLink(String label, int count, String href, boolean chosen) {}
