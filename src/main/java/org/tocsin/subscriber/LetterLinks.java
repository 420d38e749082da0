package org.tocsin.subscriber;

import java.util.Optional;

/**
 * The addresses by which a letter's reader leaves or chooses, without signing in. They are made from the subscriber's id and a key of the
 * daemon, so that no row holds what would let somebody else act; they stay good for as long as the subscriber is there.
 */
public interface LetterLinks {
    /** @return https where the public address is; the page of GET asks, a POST of RFC 8058 acts */
    String leave(String subscriberId);

    /** @return where he sees his topics and asks for his data */
    String choices(String subscriberId);

    /** @return whose token it is; empty where it was not made here */
    Optional<String> subscriber(String token);
}
