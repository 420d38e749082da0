package org.tocsin.web.desk;

/**
 * A watch as a person sees it.
 *
 * @param plain   what its words mean, in plain language
 * @param trouble why it cannot be matched; empty where it can
 */
public record WatchRow(
        String id, String name, String query, String plain, boolean enabled, long version, String trouble) {}
