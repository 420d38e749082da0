package org.tocsin.web.desk;

/**
 * An API token as a person sees it.
 *
 * @param id      of the token
 * @param name    what it is for
 * @param may     what it may do, in words
 * @param made    when
 * @param revoked when it was taken back, empty while it is good
 */
public record Key(String id, String name, String may, String made, String revoked) {}
