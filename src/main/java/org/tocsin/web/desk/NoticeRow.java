package org.tocsin.web.desk;

/**
 * What needs a person and is no delivery.
 *
 * @param id   of the notice
 * @param kind what it is about, in a word
 * @param text in words
 * @param at   when it was raised, in words
 * @param seen when somebody saw to it or it ended by itself, in words; empty before
 * @param href where one sees to it; the home page where that is no page of its own, or none for whoever looks
 */
public record NoticeRow(String id, String kind, String text, String at, String seen, String href) {}
