package org.tocsin.web.desk;

/**
 * What somebody else wrote into the same draft.
 *
 * @param who     wrote it
 * @param when    in words
 * @param time    for when it was planned there, as it was typed; empty for none
 * @param version of it
 */
public record Other(String who, String when, String text, String time, long version) {}
