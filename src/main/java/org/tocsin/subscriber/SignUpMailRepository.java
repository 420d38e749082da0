package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** Mails about sign-ups as rows. */
public interface SignUpMailRepository {
    void insert(Tx tx, SignUpMail mail);

    Optional<SignUpMail> find(Tx tx, String id);

    Optional<SignUpMail> byToken(Tx tx, String tokenHash);

    /** @return the address that somebody gave instead of his own and has not confirmed; empty where there is none */
    Optional<String> awaited(Tx tx, String subscriberId);

    /** @return what somebody has asked for and waits for, in order; after that the questions that nobody has asked for */
    List<SignUpMail> due(Tx tx, Instant now, int max);

    Optional<Instant> nextAt(Tx tx);

    /**
     * Says what became of an attempt.
     *
     * @param nextAt null when it is over; then its contents are emptied, save for an address that is still to be confirmed
     */
    void attempted(
            Tx tx,
            String id,
            SignUpMail.State state,
            int attempts,
            @Nullable Instant nextAt,
            @Nullable Message failure);

    /** Lets its token work until then. */
    void extend(Tx tx, String id, Instant expiresAt);

    /** @return whether the token was not used before: of two that use it at once, one is first */
    boolean use(Tx tx, String id, Instant now);

    /** Makes those of a person void that wait, and the tokens of all of that kind. */
    void revoke(Tx tx, String subscriberId, SignUpMail.Kind kind);

    /** Makes all that wait void: the database is an older one, and they may have gone out long ago. */
    void hold(Tx tx);

    /** Takes all of a person away. */
    void delete(Tx tx, String subscriberId);

    /**
     * Forgets where a mail of before that went, and its token: an address that nobody has confirmed is not kept for long. What waits is not sent
     * any more, save a question to somebody whose address is known.
     *
     * @return how many
     */
    int empty(Tx tx, Instant before, int max);

    /** Takes away what has expired before that. @return how many */
    int sweep(Tx tx, Instant before, int max);
}
