/**
 * Telegram channels and groups, through the Bot API (core.telegram.org/bots/api, version 10.1).
 *
 * <p>A bot is told nothing about what it sent when the answer is lost: there is no key, and it can read no history. So a request goes
 * out at most once, and what is unknown stays unknown until a person has looked.
 */
@NullMarked
package org.tocsin.network.telegram;

import org.jspecify.annotations.NullMarked;
