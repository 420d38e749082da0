package org.tocsin.mention.rights;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.mention.Author;

/** Erasures and the list of those who object, as rows. */
public interface ErasureRepository {
    /**
     * Who wrote a mention.
     *
     * @param mentioned handles of others
     */
    record Written(String mentionId, String sourceId, String nativeId, Author author, List<String> mentioned) {}

    /**
     * So many mentions of one source under one author, as it was given.
     *
     * @param count those that have words
     */
    record WrittenBy(String sourceId, Author author, long count) {}

    /**
     * One who objects to being heard.
     *
     * @param authorKey hash of what names him
     */
    record OptOut(String authorKey, Instant since, String addedBy) {}

    /** @return whether it was not there */
    boolean insert(Tx tx, Erasure erasure);

    /** @return whether the row had that version */
    boolean save(Tx tx, Erasure erasure);

    Optional<Erasure> find(Tx tx, String id);

    /** @return those that are not done, in the order in which they were asked for, of all branches */
    List<Erasure> open(Tx tx);

    /** @return the newest first */
    List<Erasure> page(Tx tx, BranchId branch, String after, int max);

    /** @return all of them, of all branches */
    List<Erasure> all(Tx tx);

    /** @return mentions that have words, in the order of their ids, those after that id */
    List<Written> written(Tx tx, BranchId branch, String after, Instant until, int max);

    /** @return by whom mentions are that have words and may be his: all that are, and others, which whoever asks must tell apart */
    List<WrittenBy> writtenBy(Tx tx, BranchId branch, Subject subject, Instant until);

    /**
     * @param handle normalised
     * @return mentions that may name that handle, his own among them, in no order; whoever asks must tell them apart
     */
    List<Written> naming(Tx tx, BranchId branch, String handle, Instant until, int max);

    /**
     * Takes words and author out of mentions, and out of what repeats them: hits, notices of alerts, stored answers.
     *
     * @param natives by the id of the mention, what its native id becomes: many hold the author's name
     */
    void erase(Tx tx, Map<String, String> natives, Instant now);

    /** @return whether there is anything that an item must be held against */
    boolean any(Tx tx);

    /** @return whether it was not on the list */
    boolean add(Tx tx, BranchId branch, OptOut optOut);

    /** @return whether it was on the list */
    boolean remove(Tx tx, BranchId branch, String authorKey);

    /** Keeps that somebody was taken off the list until {@link #said}: what is beside the database must say so as well. */
    void agreed(Tx tx, ErasureLog.Line line);

    /** @return what is kept so, of all branches, in the order in which it came */
    List<ErasureLog.Line> agreed(Tx tx);

    /** What is beside the database says so now. */
    void said(Tx tx, String id);

    /** @return those of the keys that are on the list */
    Set<String> objecting(Tx tx, BranchId branch, Collection<String> keys);

    /** @return the whole list, the newest first */
    List<OptOut> optOuts(Tx tx, BranchId branch);

    /** @return the branches of which somebody is on the list */
    List<BranchId> objected(Tx tx);
}
