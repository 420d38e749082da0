package org.tocsin.watch;

/**
 * A watch as it is kept.
 *
 * @param id      of the watch
 * @param version of its text; a match names it
 * @param query   in the language of watches
 * @param owner   whose word lists it names; empty where there is one owner
 */
public record StoredWatch(String id, long version, String query, String owner) {
    /** One of the only owner. */
    public StoredWatch(String id, long version, String query) {
        this(id, version, query, "");
    }
}
