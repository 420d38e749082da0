package org.tocsin.people;

import java.time.Instant;

/**
 * A browser in which somebody has signed in. Only the hash of its id is kept.
 *
 * @param hash      SHA-256 of the id, 64 hexadecimal digits
 * @param userId    who signed in
 * @param complete  false while the code of the second factor is still asked for
 * @param createdAt when he signed in: a session ends seven days later
 * @param seenAt    when it was last used, to the minute: a session ends after eight idle hours
 * @param about     the browser, as it calls itself, cleaned; only for people
 */
public record WebSession(
        String hash, String userId, boolean complete, Instant createdAt, Instant seenAt, String about) {}
