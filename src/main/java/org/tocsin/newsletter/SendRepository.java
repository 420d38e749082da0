package org.tocsin.newsletter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.newsletter.NewsletterSend.State;
import org.tocsin.newsletter.NewsletterSend.Strike;
import org.tocsin.subscriber.Subscriber.Reach;

/** The recipients of newsletters as rows. */
public interface SendRepository {
    /** Adds rows; whoever has one already keeps it. */
    void add(Tx tx, List<NewsletterSend> rows);

    Optional<NewsletterSend> find(Tx tx, String id);

    /** @return that of one recipient who waits and is due, the longest waiting first */
    Optional<NewsletterSend> next(Tx tx, String newsletterId, Reach reach, Instant now);

    /** @return when the next recipient on that way is due; empty where none waits */
    Optional<Instant> nextAt(Tx tx, String newsletterId, Reach reach);

    /** @return whether the row was in that state; it is as given then */
    boolean move(Tx tx, NewsletterSend row, State from);

    /** Takes a row that waits, and of which no letter was begun, to another way. */
    void follow(Tx tx, String id, Reach reach);

    /** @return rows in a state, in order, after that id */
    List<NewsletterSend> page(Tx tx, String newsletterId, State state, String after, int max);

    /** @return ids of rows whose letter was begun and has no outcome */
    List<String> begun(Tx tx);

    /** @return how many in each state */
    Map<State, Long> counts(Tx tx, String newsletterId);

    /** @return whether anybody waits, or a letter is under way */
    boolean open(Tx tx, String newsletterId);

    /** Takes a person's id out of every row; what waits is skipped. */
    void forget(Tx tx, String subscriberId, Instant now);

    /** @param strike null once it was done or given back */
    void strike(Tx tx, String id, @Nullable Strike strike);

    /** @return rows whose reader stands so, of all newsletters, in order */
    List<NewsletterSend> struck(Tx tx, Strike strike);

    /** @return why the last row of that state stands there */
    default @Nullable Message lastReason(Tx tx, String newsletterId, State state) {
        return null;
    }
}
