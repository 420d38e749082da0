package org.tocsin.web.desk;

import java.util.List;

/**
 * A watch as a person sees it.
 *
 * @param plain   what its words mean, in plain language
 * @param trouble why it cannot be matched; empty where it can
 */
public record WatchRow(
        String id, String name, String query, String plain, boolean enabled, long version, String trouble, Ring ring) {
    /**
     * How it rings.
     *
     * @param recipients ids
     * @param count      as it is typed
     * @param minutes    likewise
     * @param snoozed    in words; empty where it is not
     */
    public record Ring(
            List<String> recipients,
            String mode,
            String count,
            boolean urgent,
            String minutes,
            boolean muted,
            String snoozed) {}
}
