package org.tocsin.subscriber;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Subscriber.State;

/**
 * What is forgotten by time alone. Who never confirmed is erased after seven days, and so is a new address of
 * somebody that he never confirmed. Who gave no sign of life for three years is asked whether
 * he still wants letters, and erased thirty days after the question was taken by his server or by Telegram (CNIL, Référentiel relatif aux traitements de données à caractère personnel mis en œuvre
 * aux fins de gestion des activités commerciales, 2022: three years from the last contact). What proves the consent of who has left is kept as
 * long, for it is what a complaint would ask for.
 */
public final class Retention {
    static final Duration UNCONFIRMED = Duration.ofDays(7);
    static final Period QUIET = Period.ofYears(3);
    static final Duration ASKED = Duration.ofDays(30);
    /** Where a question could not be put, or nobody knows whether it was, it is put again. */
    static final Duration AGAIN = Duration.ofDays(7);

    private static final int AT_ONCE = 100;

    private final PeopleStores stores;
    private final Leaving leaving;
    private final SignUpOutbox outbox;
    private final StillAsker bot;
    private final Runnable log;

    /**
     * @param bot asks whoever is reached on Telegram, in the transaction that notes that he is about to be asked
     * @param log empties the database's own log, in which ids of who was erased would stand until it is written over
     */
    public Retention(PeopleStores stores, Leaving leaving, SignUpOutbox outbox, StillAsker bot, Runnable log) {
        this.log = log;
        this.bot = bot;
        this.stores = stores;
        this.leaving = leaving;
        this.outbox = outbox;
    }

    /** Forgets what is due; in small pieces. */
    public void work() {
        Instant now = stores.clock().instant();
        Instant longAgo = quietSince(now);
        all(() -> older(State.PENDING, now.minus(UNCONFIRMED)));
        boolean bot = stores.unitOfWork().read(this.bot::ready);
        // Without a bot nobody could say there that he still wants letters.
        Set<Reach> answering = bot ? EnumSet.allOf(Reach.class) : EnumSet.of(Reach.MAIL);
        all(() -> stores.unitOfWork().read(tx -> stores.subscribers().asked(tx, now.minus(ASKED), answering, AT_ONCE)));
        Set<Reach> reached = EnumSet.copyOf(answering);
        if (!outbox.ready()) {
            reached.remove(Reach.MAIL);
        }
        if (!reached.isEmpty()) {
            stores.unitOfWork()
                    .read(tx -> stores.subscribers().quiet(tx, longAgo, now.minus(AGAIN), reached, AT_ONCE))
                    .forEach(one -> still(one, now));
        }
        all(() -> older(State.RESTRICTED, longAgo));
        all(() -> older(State.LEFT, longAgo));
        all(() -> older(State.UNREACHABLE, longAgo));
        int emptied = AT_ONCE;
        while (emptied == AT_ONCE) {
            emptied = stores.unitOfWork()
                    .write(Urgency.BULK, tx -> stores.mails().empty(tx, now.minus(UNCONFIRMED), AT_ONCE));
        }
        int swept = AT_ONCE;
        while (swept == AT_ONCE) {
            swept = stores.unitOfWork().write(Urgency.BULK, tx -> {
                stores.tries().sweep(tx, now.minus(Duration.ofDays(31)));
                return stores.mails().sweep(tx, now.minus(Duration.ofDays(31)), AT_ONCE);
            });
        }
        log.run();
    }

    /** Until nothing is due: more may sign up in a day than one piece an hour would take away. */
    private void all(Supplier<List<Subscriber>> due) {
        Set<String> seen = new HashSet<>();
        List<Subscriber> some = due.get();
        while (!some.isEmpty()) {
            some.forEach(this::erase);
            // Who was changed while he was looked at is there again; he is left to the next time.
            boolean fresh = some.stream().filter(one -> seen.add(one.id())).count() > 0;
            some = fresh && some.size() == AT_ONCE ? due.get() : List.of();
        }
    }

    private List<Subscriber> older(State state, Instant before) {
        return stores.unitOfWork().read(tx -> stores.subscribers().older(tx, state, before, AT_ONCE));
    }

    private void erase(Subscriber one) {
        leaving.expire(one);
    }

    private static Instant quietSince(Instant now) {
        return now.atOffset(ZoneOffset.UTC).minus(QUIET).toInstant();
    }

    private void still(Subscriber one, Instant now) {
        String address = one.person().address();
        stores.unitOfWork().write(Urgency.BULK, tx -> {
            if (!stores.subscribers().asking(tx, one, now)) {
                return false;
            }
            if (one.reach() == Reach.TELEGRAM) {
                bot.askStill(tx, one);
            } else if (address != null) {
                outbox.add(tx, one, SignUpMail.Kind.STILL, address);
            }
            return true;
        });
    }

    /** The question was taken, and his days begin; who gave a sign of life meanwhile has answered. */
    static void asked(PeopleStores stores, Tx tx, BranchId branch, String id) {
        Instant now = stores.clock().instant();
        stores.subscribers()
                .find(tx, branch, id)
                .filter(one -> one.state() == State.CONFIRMED && one.seenAt().isBefore(quietSince(now)))
                .ifPresent(one -> stores.subscribers()
                        .save(
                                tx,
                                new Subscriber(
                                        one.id(),
                                        one.branch(),
                                        one.state(),
                                        one.reach(),
                                        one.language(),
                                        one.person(),
                                        one.topics(),
                                        one.link(),
                                        one.createdAt(),
                                        one.confirmedAt(),
                                        one.endedAt(),
                                        one.seenAt(),
                                        now,
                                        one.version())));
    }
}
