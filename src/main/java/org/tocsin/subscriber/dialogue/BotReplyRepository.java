package org.tocsin.subscriber.dialogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Tx;

/** Calls that wait, as rows; what they say is sealed. */
public interface BotReplyRepository {
    void insert(Tx tx, BotReply reply);

    /** @return those that are due, in order, of each chat the first */
    List<BotReply> due(Tx tx, Instant now, int max);

    Optional<Instant> nextAt(Tx tx);

    /** Says that one is about to be made: it is not made again after a crash. @return whether it was still there */
    boolean begin(Tx tx, String id);

    /** Lets one wait that surely was not made. */
    void later(Tx tx, String id, int attempts, Instant nextAt);

    void delete(Tx tx, String id);

    /** Takes away all to one chat. */
    void forget(Tx tx, long chatId);

    /** Takes all away. */
    void clearAll(Tx tx);

    /** Takes away what was begun before a crash. */
    void clear(Tx tx);
}
