package org.tocsin.web.desk;

/**
 * A way as a person sees it.
 *
 * @param kind  in words
 * @param where what of it may be shown
 * @param well  whether the last text was taken
 * @param state in words
 * @param why   it does not work; empty where it does
 */
public record WayRow(String id, String kind, String where, boolean well, String state, String why) {}
