package org.tocsin.web.desk;

/**
 * What of a post waits for approval.
 *
 * @param hash     of what is read on the page
 * @param author   who wrote it
 * @param since    when
 * @param channels where it waits
 * @param late     whether its time has passed
 * @param button   what approving will do
 * @param mine     whether the visitor may decide
 */
public record Wait(
        String hash, String author, String since, String channels, boolean late, String button, boolean mine) {}
