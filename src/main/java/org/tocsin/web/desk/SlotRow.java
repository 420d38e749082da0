package org.tocsin.web.desk;

/**
 * A slot as a person reads it.
 *
 * @param channel what the channel is called
 * @param when    weekday and time, in words
 */
public record SlotRow(String id, String channel, String network, String letter, String when) {}
