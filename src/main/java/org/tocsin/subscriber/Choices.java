package org.tocsin.subscriber;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.Subscriber.State;

/** What people choose, and the rights that they use by themselves: by the bot, or by a link of a letter. */
public final class Choices {
    private final PeopleStores stores;
    private final SignUpOutbox outbox;

    public Choices(PeopleStores stores, SignUpOutbox outbox) {
        this.stores = stores;
        this.outbox = outbox;
    }

    /** @return who it is; empty where he is not there any more */
    public Optional<Subscriber> find(BranchId branch, String id) {
        return stores.unitOfWork().read(tx -> stores.subscribers().find(tx, branch, id));
    }

    /** @return everything that is kept of him; empty where he is not there any more */
    public Optional<PersonData> data(BranchId branch, String id) {
        return PersonData.of(stores, branch, id);
    }

    /**
     * Chooses other topics, or another language.
     *
     * @param topics ids; empty for everything
     * @throws FaultException NOT_FOUND; INVALID
     */
    public Subscriber choose(BranchId branch, String id, Set<String> topics, String language, Door door) {
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> choose(tx, branch, id, topics, language, door));
    }

    /** The same within a transaction that the caller has. */
    public Subscriber choose(Tx tx, BranchId branch, String id, Set<String> topics, String language, Door door) {
        Set<String> offered = stores.house().topics(tx, branch).stream()
                .filter(topic -> topic.retiredAt() == null)
                .map(Topic::id)
                .collect(Collectors.toSet());
        Subscriber before = there(tx, branch, id);
        if (!topics.stream()
                .allMatch(one -> offered.contains(one) || before.topics().contains(one))) {
            throw FaultException.invalid("/topics", Message.of("signup.topic.unknown"));
        }
        if (!language.equals("fr") && !language.equals("en")) {
            throw FaultException.invalid("/language", Message.of("signup.language.unknown"));
        }
        Subscriber after = with(before, before.state(), language, topics);
        save(tx, after);
        Consents.add(stores, tx, after, Consent.Kind.CHANGED, door, "");
        return after;
    }

    /** Keeps the data and uses it for nothing (GDPR, article 18), until it is released. */
    public Subscriber restrict(BranchId branch, String id, Door door) {
        return move(branch, id, State.CONFIRMED, State.RESTRICTED, Consent.Kind.RESTRICTED, door);
    }

    /** Ends a restriction. */
    public Subscriber release(BranchId branch, String id, Door door) {
        return move(branch, id, State.RESTRICTED, State.CONFIRMED, Consent.Kind.RELEASED, door);
    }

    private Subscriber move(BranchId branch, String id, State from, State to, Consent.Kind kind, Door door) {
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Subscriber before = there(tx, branch, id);
            if (before.state() == to) {
                return before;
            }
            if (before.state() != from) {
                throw FaultException.conflict(Message.of("signup.state", "state", before.state()));
            }
            Subscriber after = with(before, to, before.language(), before.topics());
            save(tx, after);
            Consents.add(stores, tx, after, kind, door, "");
            return after;
        });
    }

    /**
     * Asks to be written to at another address: a mail goes there, and nothing changes until it was confirmed.
     *
     * @throws FaultException INVALID; NOT_FOUND; CONFLICT where no mail can be sent
     */
    public void correct(BranchId branch, String id, String typed) {
        MailAddress address = MailAddress.of(typed)
                .orElseThrow(() -> FaultException.invalid("/address", Message.of("signup.address.invalid")));
        requireMail();
        stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Subscriber one = there(tx, branch, id);
            boolean free = stores.suppressions()
                            .find(tx, branch, address.key())
                            .map(entry -> entry.reason() == Suppressions.Reason.LEFT)
                            .orElse(true)
                    && stores.subscribers().byAddress(tx, branch, address.key()).isEmpty();
            // Whether somebody else has that address is nobody's business: what is answered is the same.
            if (free && mayMail(tx, address)) {
                outbox.add(tx, one, SignUpMail.Kind.CORRECT, address.text());
            }
            return true;
        });
    }

    private boolean mayMail(Tx tx, MailAddress address) {
        Instant now = stores.clock().instant();
        String who = stores.suppressions().key(address.key());
        boolean may = stores.tries().since(tx, who, now.minus(Duration.ofDays(1))) < SignUps.A_MONTH
                && stores.tries().since(tx, who, now.minus(Duration.ofDays(30))) < 2 * SignUps.A_MONTH;
        if (may) {
            stores.tries().add(tx, who, now);
        }
        return may;
    }

    private void requireMail() {
        if (!outbox.ready()) {
            throw FaultException.conflict(Message.of("signup.closed.mail"));
        }
    }

    /** Sends the link by which he sees, takes and erases his data to his own address: who holds a letter need not be its reader. */
    public void sendDataLink(BranchId branch, String id) {
        requireMail();
        stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Subscriber one = there(tx, branch, id);
            Optional<MailAddress> address =
                    Optional.ofNullable(one.person().address()).flatMap(MailAddress::of);
            address.filter(to -> mayMail(tx, to)).ifPresent(to -> outbox.add(tx, one, SignUpMail.Kind.DATA, to.text()));
            return true;
        });
    }

    /** Notes a sign of life, such as a message to the bot; at most once a day. */
    public void seen(Tx tx, Subscriber one) {
        if (one.seenAt().plus(Duration.ofDays(1)).isBefore(stores.clock().instant())) {
            stores.subscribers().save(tx, with(one, one.state(), one.language(), one.topics()));
        }
    }

    /** Does something with the row of an account of Telegram. */
    public <R> Optional<R> ofTelegram(Tx tx, BranchId branch, long telegramId, Function<Subscriber, R> what) {
        return stores.subscribers().byTelegram(tx, branch, telegramId).map(what);
    }

    private Subscriber there(Tx tx, BranchId branch, String id) {
        return stores.subscribers()
                .find(tx, branch, id)
                .filter(one -> one.state() != State.LEFT && one.state() != State.UNREACHABLE)
                .orElseThrow(() -> FaultException.notFound("subscriber", id));
    }

    private void save(Tx tx, Subscriber after) {
        if (!stores.subscribers().save(tx, after)) {
            throw FaultException.conflict(Message.of("signup.changed"));
        }
    }

    private Subscriber with(Subscriber before, State state, String language, Set<String> topics) {
        return new Subscriber(
                before.id(),
                before.branch(),
                state,
                before.reach(),
                language,
                before.person(),
                topics,
                before.link(),
                before.createdAt(),
                before.confirmedAt(),
                before.endedAt(),
                stores.clock().instant(),
                null,
                before.version());
    }
}
