package org.tocsin.analysis;

/**
 * A link in a text.
 *
 * @param url   as it was written
 * @param host  lower case, without {@code www.}, user and port; empty where it cannot be read
 * @param start offset into the original text
 * @param end   offset after it
 */
public record Address(String url, String host, int start, int end) {}
