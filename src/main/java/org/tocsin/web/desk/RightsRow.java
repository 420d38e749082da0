package org.tocsin.web.desk;

/**
 * A line of the page of rights.
 *
 * @param state what it is called
 * @param said  what it is about
 * @param more  who and when
 * @param act   what can be done with it, by name; empty for nothing
 * @param network that it is about; empty for all or none
 */
public record RightsRow(String id, String state, String said, String more, long version, String act, String network) {
    RightsRow(String id, String state, String said, String more, long version, String act) {
        this(id, state, said, more, version, act, "");
    }
}
