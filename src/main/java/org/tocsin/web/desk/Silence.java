package org.tocsin.web.desk;

/**
 * A freeze as a person sees it.
 *
 * @param id    of the freeze
 * @param now   whether it stands already
 * @param when  from when until when, in words
 * @param where its channels in words
 * @param why   the reason
 * @param holds what it will hold of what waits now, in words
 */
public record Silence(String id, boolean now, String when, String where, String why, String holds) {}
