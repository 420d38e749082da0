/** The conversation by which people sign up on Telegram: what is answered to what, without network or store. */
@org.jspecify.annotations.NullMarked
package org.tocsin.subscriber.dialogue;
