package org.tocsin.network;

/** What a network said to a deletion. */
public sealed interface DeleteResult {
    /** It is gone, now or already before. */
    record Gone() implements DeleteResult {}

    /** Not now: to be repeated. */
    record Later(Reason reason) implements DeleteResult {}

    /** It will not be done (too old, no permission): a person must. */
    record Refused(Reason reason) implements DeleteResult {}
}
