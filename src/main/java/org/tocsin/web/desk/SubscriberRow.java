package org.tocsin.web.desk;

/**
 * A subscriber in a list.
 *
 * @param who    address, or number of Telegram; empty once he has left
 * @param good   whether he gets letters
 * @param detail reach, language, what brought him, since when
 */
public record SubscriberRow(String id, String who, String state, boolean good, String detail) {}
