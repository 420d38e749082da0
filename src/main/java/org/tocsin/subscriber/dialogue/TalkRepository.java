package org.tocsin.subscriber.dialogue;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Talks as rows: of whom is known by a keyed hash only, and for a day. */
public interface TalkRepository {
    /** @return empty where none stands since */
    Optional<Talk> find(Tx tx, BranchId branch, long telegramId, Instant since);

    void save(Tx tx, BranchId branch, long telegramId, Talk talk, Instant now);

    void forget(Tx tx, BranchId branch, long telegramId);

    /** Forgets those of before. */
    void sweep(Tx tx, Instant before);
}
