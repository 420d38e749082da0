package org.tocsin.watch.keeping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Alerts as rows, and the stories that they are raised for. */
public interface AlertRepository {
    /** @return whether it was raised: false where the same watch has rung for that story, which then counts one mention more */
    boolean raise(Tx tx, Alert alert);

    /** @return whether it was passed on: false where he has been told of that story already */
    boolean pass(Tx tx, Alert alert);

    Optional<Alert> find(Tx tx, BranchId branch, String id);

    /** Passes no open alert on to the next person any more, of whatever branch: the database is an older one. @return how many */
    int stopPassing(Tx tx);

    /** @return the alert of whatever branch */
    Optional<Alert> find(Tx tx, String id);

    /**
     * Which alerts are asked for.
     *
     * @param states   empty for all
     * @param assignee null for whoever sees to them
     * @param urgent   only those that are
     * @param stories  one for each watch and story, the oldest, instead of one for each recipient
     */
    record Filter(Set<Alert.State> states, @Nullable String assignee, boolean urgent, boolean stories) {
        public Filter {
            states = Set.copyOf(states);
        }
    }

    /**
     * @param after the id of the last one of the page before; empty for the first page
     * @return newest first
     */
    List<Alert> page(Tx tx, BranchId branch, Filter filter, String after, int max);

    /** @return as {@link #page(Tx, BranchId, Filter, String, int)}; {@code open} for only those that nobody has acknowledged */
    default List<Alert> page(Tx tx, BranchId branch, boolean open, String after, int max) {
        return page(tx, branch, new Filter(open ? Set.of(Alert.State.OPEN) : Set.of(), null, false, false), after, max);
    }

    /** @return the alert that this watch has rung for that mention's story, whichever mention rang */
    Optional<Alert> of(Tx tx, BranchId branch, String watchId, String mentionId);

    /** @return how many nobody has acknowledged */
    long open(Tx tx, BranchId branch);

    /** @return the alerts of the same watch and story, for whomever, this one among them */
    List<Alert> siblings(Tx tx, Alert alert);

    /**
     * Says what people did with the story of an alert, for all whom it was for. Nobody else is told any more once it was acknowledged.
     *
     * @return how many rows
     */
    int handled(Tx tx, Alert alert, Alert.Handling handling);

    /** @return those that wait for an answer that did not come in time, the longest waiting first */
    List<Alert> unanswered(Tx tx, Instant now, int max);

    Optional<Instant> nextUnanswered(Tx tx);

    /** @return what is urgent, was pushed to him, and nobody has acknowledged, the newest first */
    List<Alert> openWith(Tx tx, String recipientId, int max);

    /** @return whether it still waited for an answer; it does not any more */
    boolean given(Tx tx, String id);

    /**
     * @param names by which a story is known
     * @param since stories that were told last before that are over
     * @return the story that has one of the names
     */
    Optional<String> story(Tx tx, BranchId branch, List<String> names, Instant since);

    /**
     * By what the words of a story that was told are compared.
     *
     * @param id     of the row; grows, and is never given twice
     * @param traits as {@link Traits#written}
     * @param at     when it was told
     */
    record Like(long id, BranchId branch, String traits, String storyId, Instant at) {}

    /**
     * @param after the id of a row
     * @return the newest of those after it, in the order of their ids
     */
    List<Like> likes(Tx tx, long after, int max);

    /** @return the id of the new row */
    long like(Tx tx, BranchId branch, String traits, String storyId, Instant now);

    /** @return whether the row is there: an erasure takes it away */
    boolean isLike(Tx tx, long id);

    /** Forgets by what stories that are over were known. @return how many, at most {@code max} */
    int forget(Tx tx, Instant before, int max);

    /**
     * Ends the silence of an alert that was raised while its watch was silent, where nobody has answered it.
     *
     * @param alert as it would be raised now; it stands for that of the same watch, story, recipient and episode
     * @return that one, of the mention that woke it, with how it is pushed from now on; empty where it was not silent
     */
    Optional<Alert> wake(Tx tx, Alert alert);

    /** Lets nobody be told any more of the alerts of a watch that wait to be, or for an answer; those of which nobody was count as muted. */
    void mute(Tx tx, String watchId);

    /**
     * Gives the open alerts of a watch their voice back: they are urgent and not muted, and those that people were named for wait for an answer.
     *
     * @param answer when the next is told; null for never
     * @param max    so many at most, the newest
     * @return those that were muted: nobody was told of them
     */
    List<Alert> unmute(Tx tx, String watchId, @Nullable Instant answer, int max);

    /**
     * Lets the alerts of a watch wait that long before the next is asked.
     *
     * @param before those that wait until then wait until the other time, be it later or sooner
     * @param answer how long somebody has to answer from when it was raised: none waits for less
     */
    void pause(Tx tx, String watchId, Instant before, Instant until, Duration answer);

    /** Says that a story was told again, under these names. */
    void told(Tx tx, BranchId branch, List<String> names, String storyId, Instant now);
}
