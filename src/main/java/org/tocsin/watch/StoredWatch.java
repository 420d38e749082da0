package org.tocsin.watch;

/**
 * A watch as it is kept.
 *
 * @param id      of the watch
 * @param version of its text; a match names it
 * @param query   in the language of watches
 */
public record StoredWatch(String id, long version, String query) {}
