package org.tocsin.network;

/**
 * A post of somebody else, as far as it is known where it was heard.
 *
 * @param nativeId as its source names it (Telegram: number of the chat, a slash, number of the message)
 * @param url      public address
 * @param named    whether it mentions the account that would answer, as far as its source says
 */
public record HeardPost(String nativeId, String url, boolean named) {}
