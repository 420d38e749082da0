package org.tocsin.web.desk;

/**
 * A link that brings subscribers.
 *
 * @param url     of the page
 * @param brought how many confirmed subscribers it has brought
 * @param qr      markup of a code for the address
 * @param retired whether it is not offered any more
 */
public record LinkRow(String code, String name, String url, long brought, String qr, boolean retired) {}
