/** The bot by which people sign up on Telegram: takes updates, lets the dialogue answer, and makes the calls. */
@org.jspecify.annotations.NullMarked
package org.tocsin.bot;
