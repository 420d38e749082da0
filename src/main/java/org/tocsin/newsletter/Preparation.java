package org.tocsin.newsletter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.letter.LetterBox;
import org.tocsin.newsletter.Newsletter.State;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.Reach;

/**
 * Begins newsletters when their time has come, makes a row for each recipient, and ends them. Rows and the place that they were made up to are
 * one transaction: whoever is cut off goes on where the rows end.
 */
public final class Preparation implements DueQueue<Newsletter> {
    /** Rows in one transaction, which is bulk work and so at most 50 ms. */
    public static final int BATCH = 200;

    private final NewsletterStores stores;
    private final AlsoPost alsoPost;
    private final LetterBox box;
    private final TelegramLetters bots;
    private final int batch;
    private final Duration grace;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Wakeup sending;
    private final Set<String> busy;

    /**
     * @param batch   how many rows a transaction makes
     * @param grace   how late a newsletter may begin; one that is later waits for a person, for what it says may be over
     * @param wakeup  rung when a newsletter may begin or end
     * @param sending rung when there is something to send
     */
    public Preparation(
            NewsletterStores stores,
            AlsoPost alsoPost,
            LetterBox box,
            TelegramLetters bots,
            int batch,
            Duration grace,
            Ids ids,
            Clock clock,
            Wakeup wakeup,
            Wakeup sending) {
        this.stores = stores;
        this.alsoPost = alsoPost;
        this.box = box;
        this.bots = bots;
        this.batch = batch;
        this.grace = grace;
        this.ids = ids;
        this.clock = clock;
        this.wakeup = wakeup;
        this.sending = sending;
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<Newsletter> claim(int max) {
        return stores
                .unitOfWork()
                .read(tx -> stores.newsletters().active(tx, clock.instant()).stream()
                        .filter(one -> one.state() == State.SCHEDULED
                                || !one.prepared()
                                || !stores.sends().open(tx, one.id()))
                        .toList())
                .stream()
                .filter(one -> busy.add(one.id()))
                .limit(max)
                .toList();
    }

    @Override
    public void release(Newsletter newsletter) {
        busy.remove(newsletter.id());
    }

    @Override
    public Object key(Newsletter newsletter) {
        return newsletter.id();
    }

    @Override
    public Optional<Instant> nextAt() {
        return stores.unitOfWork().read(stores.newsletters()::nextAt);
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Does one step: begins it, makes some rows, or ends it. */
    public void work(Newsletter claimed) {
        if (claimed.state() == State.SENDING
                && claimed.alsoPost()
                && !claimed.prepared()
                && claimed.checkpoint().isEmpty()) {
            // Before the first row says that it is done.
            alsoPost.begun(claimed);
        }
        Map<Reach, Message> shut = Outlets.shut(box, bots, claimed.branch());
        stores.unitOfWork().write(Urgency.BULK, tx -> {
            stores.newsletters().find(tx, claimed.id()).ifPresent(one -> step(tx, one, shut, clock.instant()));
            return true;
        });
        sending.ring();
    }

    private void step(Tx tx, Newsletter now, Map<Reach, Message> shut, Instant at) {
        if (now.state() == State.SCHEDULED && now.at() != null && !now.at().isAfter(at)) {
            if (Silence.stands(tx, stores.freezes(), now, at)) {
                stores.pause(tx, now, Message.of("newsletter.paused.frozen"), at);
            } else if (now.at().plus(grace).isBefore(at)) {
                stores.pause(tx, now, Message.of("newsletter.paused.late", "at", now.at()), at);
            } else {
                stores.newsletters().save(tx, now.in(State.SENDING, null, at));
            }
        } else if (now.state() == State.SENDING && !now.prepared()) {
            Newsletter after = prepare(tx, now, at);
            stores.newsletters().save(tx, after);
            if (after.prepared()) {
                tell(tx, after, shut);
            }
        } else if (now.state() == State.SENDING && !stores.sends().open(tx, now.id())) {
            stores.newsletters().save(tx, now.in(State.SENT, null, at));
            stores.settled(tx, now);
            // Fewer than would have paused it, and nothing is left to be sent.
            stores.due(tx);
        }
    }

    /** Who waits for what nobody has set up would wait in silence. */
    private void tell(Tx tx, Newsletter newsletter, Map<Reach, Message> shut) {
        shut.forEach((reach, why) -> {
            if (stores.sends().nextAt(tx, newsletter.id(), reach).isPresent()) {
                stores.notices().raise(tx, newsletter.branch(), Notices.Kind.NEWSLETTER, newsletter.id(), why);
            }
        });
    }

    private Newsletter prepare(Tx tx, Newsletter newsletter, Instant now) {
        List<String> chosen = stores.subscribers()
                .chosen(tx, newsletter.branch(), newsletter.segment(), newsletter.checkpoint(), batch);
        List<NewsletterSend> rows = new ArrayList<>();
        for (String id : chosen) {
            stores.subscribers()
                    .find(tx, newsletter.branch(), id)
                    .map(subscriber -> row(newsletter, subscriber, now))
                    .ifPresent(rows::add);
        }
        stores.sends().add(tx, rows);
        boolean all = chosen.size() < batch;
        // Nobody is left to go on from: who was the last is not kept, for he may be erased one day.
        return newsletter.upTo(all ? "" : chosen.getLast(), all);
    }

    private NewsletterSend row(Newsletter newsletter, Subscriber subscriber, Instant now) {
        return new NewsletterSend(
                ids.next(),
                newsletter.id(),
                subscriber.id(),
                subscriber.reach(),
                NewsletterSend.State.WAITING,
                0,
                null,
                now,
                null,
                now);
    }
}
