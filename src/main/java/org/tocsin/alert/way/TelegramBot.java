package org.tocsin.alert.way;

import org.tocsin.base.Secret;

/**
 * A bot that speaks for a channel.
 *
 * @param server origin of its Bot API
 * @param token  part of every address, which is why none is ever told
 */
public record TelegramBot(String server, Secret token) {}
