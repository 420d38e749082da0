package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that a bot was told (core.telegram.org/bots/api#update).
 *
 * @param bot  the bot's number, which stays when its token is changed
 * @param id   grows; two with the same id are one
 * @param kind the field that holds it: {@code message}, {@code callback_query} …
 * @param body as Telegram gives it
 */
public record TelegramUpdate(String bot, long id, String kind, JsonNode body) {}
