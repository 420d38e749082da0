package org.tocsin.mention.rights;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * The taking out of an author from all that was heard. Who it was is known to it only as a hash.
 *
 * @param authorKey hashes of what names him, each of 64 hexadecimal digits, with a blank between
 * @param until     what was heard later is not touched
 * @param askedBy   id of who asked
 * @param reached   id of the last mention that was looked at; empty at first
 * @param erased    mentions that lost their words so far
 * @param seq       the number of the log up to which the index must have read; 0 while mentions are still looked at
 * @param doneAt    null while it goes on
 */
public record Erasure(
        String id,
        BranchId branch,
        String authorKey,
        Instant until,
        String askedBy,
        State state,
        String reached,
        long erased,
        long seq,
        @Nullable Instant doneAt,
        long version) {
    /** How far it is. */
    public enum State {
        /** Mentions are looked at, one batch after the other. */
        ERASING,
        /** A person has stopped it. */
        STOPPED,
        /** Words are gone from the rows; copies in index and log of the store are being removed. */
        CLEANING,
        /** Nothing of them is left here. */
        DONE
    }

    static Erasure begin(String id, BranchId branch, String authorKey, Instant until, String askedBy) {
        return new Erasure(id, branch, authorKey, until, askedBy, State.ERASING, "", 0, 0, null, 1);
    }

    /** @return hashes of all that names him */
    public List<String> authorKeys() {
        return List.of(authorKey.split(" "));
    }

    /** The same for one more name. */
    Erasure also(String key) {
        return new Erasure(
                id, branch, authorKey + " " + key, until, askedBy, state, reached, erased, seq, doneAt, version);
    }

    Erasure in(State next) {
        return new Erasure(id, branch, authorKey, until, askedBy, next, reached, erased, seq, doneAt, version);
    }

    Erasure on(String last, int more) {
        return new Erasure(id, branch, authorKey, until, askedBy, state, last, erased + more, seq, doneAt, version);
    }

    Erasure cleaning(long newest) {
        return new Erasure(
                id, branch, authorKey, until, askedBy, State.CLEANING, reached, erased, newest, null, version);
    }

    Erasure done(Instant now) {
        return new Erasure(id, branch, authorKey, until, askedBy, State.DONE, reached, erased, seq, now, version);
    }
}
