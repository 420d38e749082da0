package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** What the team has said about signing up: settings, topics, texts, links. */
public interface SignUpRepository {
    /** @return {@link SignUpSettings#NONE} where nothing was said */
    SignUpSettings settings(Tx tx, BranchId branch);

    /** @return those that have settings */
    List<BranchId> branches(Tx tx);

    /** @return whether the row had that version */
    boolean save(Tx tx, BranchId branch, SignUpSettings settings);

    /** @return in the order of their making, retired ones as well */
    List<Topic> topics(Tx tx, BranchId branch);

    /** Adds a topic, or changes its names and whether it is retired. */
    void put(Tx tx, Topic topic);

    /** @return the newest of a language; empty where there is none */
    Optional<ConsentText> text(Tx tx, BranchId branch, String language);

    Optional<ConsentText> text(Tx tx, String id);

    /** @return all, the newest first */
    List<ConsentText> texts(Tx tx, BranchId branch);

    void insert(Tx tx, ConsentText text);

    /** @return what was said of the newsletter when that text was written; empty where nobody knows any more */
    Optional<ConsentTold> told(Tx tx, String textId);

    /** Keeps that beside the text, which itself is never changed. */
    void tell(Tx tx, String textId, ConsentTold told);

    /** @return the newest first */
    List<SignUpLink> links(Tx tx, BranchId branch);

    Optional<SignUpLink> link(Tx tx, BranchId branch, String code);

    /** @return those that stand for a post, the newest first */
    List<SignUpLink> ofPost(Tx tx, BranchId branch, String postId);

    /** @return those that stand for a campaign, or for one of its posts, the newest first */
    List<SignUpLink> ofCampaign(Tx tx, BranchId branch, String campaign);

    /** Counts one more of those whom a link brought and who were erased after they had confirmed. */
    void erased(Tx tx, BranchId branch, String code);

    /** Retires a link, or takes it up again. */
    void retire(Tx tx, BranchId branch, String code, @Nullable Instant since);

    /** @return whether the code was free */
    boolean insert(Tx tx, SignUpLink link);
}
