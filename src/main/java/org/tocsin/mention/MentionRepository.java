package org.tocsin.mention;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The log of what was heard. */
public interface MentionRepository {
    /** What names of ours begin with. */
    String CONCEALED = "erased:";

    /**
     * What became of items that were added.
     *
     * @param added   how many were not known
     * @param changed how many had other words than before
     * @param same    how many were known as they are
     */
    record Added(int added, int changed, int same) {}

    /**
     * Adds what is new and changes what has other words; what is known as it is, is left alone. Counts are kept up, and make no new
     * revision; an item whose counts pass a milestone comes into the log once more as it is.
     *
     * @param history    whether what is new was there before the source was listened to
     * @param milestones asked for each item of which nothing but counts has changed
     */
    Added add(Tx tx, Source source, List<HeardItem> items, Instant now, boolean history, Milestones milestones);

    /** The same where nobody waits for counts. */
    default Added add(Tx tx, Source source, List<HeardItem> items, Instant now, boolean history) {
        return add(tx, source, items, now, history, Milestones.NONE);
    }

    /** Takes the words and authors out of what its source says is gone; the rows stay, so that it does not come back as new. */
    int delete(Tx tx, Source source, List<String> nativeIds, Instant now);

    /**
     * Takes out all that authors wrote, from whatever source of the branch it was heard.
     *
     * @param profiles addresses of their profiles, at most 500
     * @param max      so many rows at most
     * @return how many rows
     */
    int deleteOf(Tx tx, BranchId branch, Collection<String> profiles, Instant now, int max);

    /** @return those of the ids that the log has of that source */
    Set<String> known(Tx tx, String sourceId, List<String> nativeIds);

    /** @return what was added, changed or deleted after that, in order */
    List<Mention> after(Tx tx, long changeSeq, int max);

    Optional<Mention> find(Tx tx, BranchId branch, String id);

    /** @return the ids of those of the mentions that stand as they were read: not edited, deleted or erased since */
    Set<String> unchanged(Tx tx, Collection<Mention> read);

    /** @return the one of that source and native id */
    Optional<Mention> of(Tx tx, String sourceId, String nativeId);
    /** @return those of that branch that are there, in no order; ids of at most 500 are asked for */
    List<Mention> found(Tx tx, BranchId branch, Collection<String> ids);

    /** @return those with these ids, of whatever branch, gone or not, in no order; ids of at most 500 are asked for */
    List<Mention> all(Tx tx, Collection<String> ids);

    /** @return the last number of the log that was given out; 0 at first */
    long newest(Tx tx);

    /**
     * @param sourceId null for all sources
     * @param after    the id of the last one of the page before; empty for the first page
     * @return the last heard first, without those that are gone
     */
    List<Mention> page(Tx tx, BranchId branch, @Nullable String sourceId, String after, int max);

    /**
     * Takes the words and authors out of what was heard before that. The rows stay, as after a deletion: a feed that still shows an old item
     * must not bring it back as new.
     *
     * @return how many, at most {@code max}
     */
    int expire(Tx tx, Instant before, Instant now, int max);

    /** @return whether that source has rows that bear a name of ours */
    boolean concealed(Tx tx, String sourceId);

    /**
     * Gives rows without words a name of ours: the id that their source gave them can be looked up there, and often names the author.
     *
     * @param name makes the name of the source's and the native id, the same each time; begins with {@link #CONCEALED}
     * @return how many, at most {@code max}
     */
    int conceal(Tx tx, int max, BinaryOperator<String> name);

    /** @return how far a reader of the log has come; 0 at first */
    long seen(Tx tx, String reader);

    /** @return whether that reader was at {@code from} */
    boolean advance(Tx tx, String reader, long from, long to);
}
