package org.tocsin.feed;

import java.time.Instant;

/**
 * A feed of which a hub must be told that it has changed.
 *
 * @param topic    the feed's address
 * @param attempts that failed
 * @param firstAt  when it became due
 * @param version  raised when the feed changes again meanwhile
 */
public record FeedPing(String topic, int attempts, Instant firstAt, long version) {}
