package org.tocsin.recipient;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** Recipients and their ways as rows. */
public interface RecipientRepository {
    void insert(Tx tx, Recipient recipient);

    /** @return whether the row had the version before this one */
    boolean save(Tx tx, Recipient recipient);

    /** Takes it away with its ways and everything that it was still to be told. */
    void remove(Tx tx, String id);

    Optional<Recipient> find(Tx tx, String id);

    /** @return whether it is a person who is shut out of the team: he is told nothing any more */
    boolean isShutOut(Tx tx, Recipient recipient);

    /** @return by name */
    List<Recipient> all(Tx tx, BranchId branch);

    void insert(Tx tx, Way way);

    void removeWay(Tx tx, String id);

    /** Gives a way other settings; what is never shown of it stays. */
    void resettle(Tx tx, String wayId, Map<String, String> settings);

    Optional<Way> way(Tx tx, String id);

    /** @return the oldest first */
    List<Way> ways(Tx tx, String recipientId);

    /** @return whether any chat of Telegram is linked, or may be linked now */
    boolean chats(Tx tx, Instant now);

    /** @param hash of a code by which a chat is linked */
    void insertLink(Tx tx, String hash, String recipientId, Instant expiresAt);

    /** @return whom the code links, which is used by that; empty where it is unknown, used or over. Old ones are forgotten */
    Optional<String> useLink(Tx tx, String hash, Instant now);

    /**
     * Says how it went.
     *
     * @param failure null where it went well
     */
    void went(Tx tx, String wayId, Instant at, @Nullable Message failure);
}
