package org.tocsin.recipient;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** What recipients are to be told, and the texts that are under way to them, as rows. */
public interface TellingRepository {
    /** @return whether it is new: nobody is told the same twice */
    boolean add(Tx tx, Telling telling);

    /** @return how many alerts of a watch wait for him */
    int waiting(Tx tx, String recipientId, String watchId);

    /** Makes all that waits of a watch due. */
    void hurry(Tx tx, String recipientId, String watchId, Instant now);

    /** Tells nothing of a watch that waits. */
    void drop(Tx tx, String watchId);

    /**
     * Lets all that waits of a watch wait until then, to come together.
     *
     * @param before what waits until then waits until the other time, be it later or sooner
     */
    void pause(Tx tx, String watchId, Instant before, Instant until);

    /** Makes due now what waits for him until exactly then. */
    void release(Tx tx, String recipientId, Instant until, Instant now);

    /** @return recipients to whom something is due, the longest waiting first */
    List<String> dueRecipients(Tx tx, Instant now, int max);

    Optional<Instant> nextDue(Tx tx);

    /** Lets go of what somebody has seen to meanwhile. */
    void settle(Tx tx, String recipientId);

    /** @return what is due, in order */
    List<Telling> due(Tx tx, String recipientId, Instant now, int max);

    /** Lets them wait, to come together then. */
    void hold(Tx tx, Collection<String> ids, Instant until);

    /** @param digestId in which they go; null where one goes alone */
    void planned(Tx tx, Collection<String> ids, @Nullable String digestId);

    /** @return what a digest tells, the oldest first; what was seen to meanwhile is not in it */
    List<Telling> ofDigest(Tx tx, String digestId);

    /** @return when each of the texts was planned that he was sent since, the oldest first; on several ways it is one */
    List<Instant> pushed(Tx tx, String recipientId, Instant since);

    /**
     * How somebody is told something.
     *
     * @param telling  when it is due, where it waits
     * @param state    WAITING, PLANNED or SEEN
     * @param digestId in which it went; null for alone, or for not yet
     */
    record Told(Telling telling, State state, @Nullable String digestId) {
        /** Where it stands. */
        public enum State {
            /** For its time. */
            WAITING,
            /** It was made into a text. */
            PLANNED,
            /** Somebody had seen to it before. */
            SEEN
        }
    }

    /** @return how each is told of an alert or a notice */
    List<Told> told(Tx tx, Subject kind, String subject);

    /** @return the texts about it, on each way of one recipient */
    List<Dispatch> dispatches(Tx tx, String recipientId, Subject kind, String subject);

    void insert(Tx tx, Dispatch dispatch);

    Optional<Dispatch> dispatch(Tx tx, String id);

    /**
     * @param except ids of ways whose texts are left out
     * @param kinds  likewise, all ways of these sorts
     * @return of each way the text that is to be sent next, what is urgent first, then what is due longest; of those that are due at the same time
     *     the one that was tried the least, so that one on which its way fails holds up no other for ever
     */
    List<Dispatch> dueDispatches(Tx tx, Instant now, Collection<String> except, Collection<WayKind> kinds, int max);

    /** @return when the next one is due; without those of these ways and sorts of ways */
    Optional<Instant> nextDispatch(Tx tx, Collection<String> except, Collection<WayKind> kinds);

    /** Lets all that waits for a way wait until then; what waits longer already is left alone. */
    void holdWay(Tx tx, String wayId, Instant until);

    /** The same for all ways of a sort. */
    void holdWays(Tx tx, WayKind kind, Instant until);

    /** @return those whose attempt was begun and has no end, oldest first */
    List<Dispatch> begun(Tx tx);

    /** @return whether somebody has seen to what it is about */
    boolean seen(Tx tx, Dispatch dispatch);

    /**
     * Says what became of an attempt.
     *
     * @param nextAt null when it is over
     */
    void attempted(
            Tx tx,
            String id,
            Dispatch.State state,
            int attempts,
            @Nullable Instant nextAt,
            @Nullable Message failure,
            Instant now);

    /**
     * Ends all that waits or was begun, of whatever branch, in a database that is an older one: it may have been told long ago.
     *
     * @param why what is said of it from then on
     * @return how many texts and tellings
     */
    int endAll(Tx tx, Message why, Instant now);

    /** Forgets what was over before that. @return how many, at most {@code max} */
    int forget(Tx tx, Instant before, int max);
}
