package org.tocsin.newsletter;

import org.tocsin.subscriber.Subscriber.Reach;

/**
 * A turn at sending: some letters of one newsletter, one after the other, on one connection.
 *
 * @param slot which of the connections, from 0
 */
public record LetterRun(String newsletterId, Reach reach, int slot) {}
