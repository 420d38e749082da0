package org.tocsin.subscriber;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.Subscriber.Person;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Subscriber.State;

/** What people choose, and the rights that they use by themselves: by the bot, or by a link of a letter. */
public final class Choices {
    private final PeopleStores stores;
    private final SignUpOutbox outbox;
    private final BiConsumer<Tx, Subscriber> account;

    /** @param account forgets what was said with an account of Telegram, and what waits to be said to it */
    public Choices(PeopleStores stores, SignUpOutbox outbox, BiConsumer<Tx, Subscriber> account) {
        this.stores = stores;
        this.outbox = outbox;
        this.account = account;
    }

    /** @return who it is; empty where he is not there any more */
    public Optional<Subscriber> find(BranchId branch, String id) {
        return stores.unitOfWork().read(tx -> stores.subscribers().find(tx, branch, id));
    }

    /** @return who it is, of whatever branch; for who holds a link of ours */
    public Optional<Subscriber> find(String id) {
        return stores.unitOfWork().read(tx -> stores.subscribers().find(tx, id));
    }

    /** @return everything that is kept of him; empty where he is not there any more */
    public Optional<PersonData> data(BranchId branch, String id) {
        return PersonData.of(stores, branch, id);
    }

    /** The same of somebody who is there, within a transaction that the caller has. */
    public PersonData data(Tx tx, Subscriber one) {
        return PersonData.of(stores, tx, one);
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
        // Never refused for want of room: letters go out then as well.
        return stores.unitOfWork().write(Urgency.DELIVERY, tx -> restrict(tx, branch, id, door));
    }

    /** The same within a transaction that the caller has. */
    public Subscriber restrict(Tx tx, BranchId branch, String id, Door door) {
        Subscriber after = move(tx, branch, id, State.CONFIRMED, State.RESTRICTED, Consent.Kind.RESTRICTED, door);
        if (door != Door.TEAM) {
            asked(tx, branch, id, PersonRequest.Kind.RESTRICTION, door);
        }
        return after;
    }

    /** Ends a restriction. */
    public Subscriber release(BranchId branch, String id, Door door) {
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> release(tx, branch, id, door));
    }

    /** The same within a transaction that the caller has. */
    public Subscriber release(Tx tx, BranchId branch, String id, Door door) {
        return move(tx, branch, id, State.RESTRICTED, State.CONFIRMED, Consent.Kind.RELEASED, door);
    }

    private Subscriber move(Tx tx, BranchId branch, String id, State from, State to, Consent.Kind kind, Door door) {
        Subscriber before = there(tx, branch, id);
        if (before.state() == to) {
            return before;
        }
        if (before.state() != from) {
            throw FaultException.conflict(Message.of("signup.state", "state", before.state()));
        }
        // An address that nobody has confirmed gets no letters by the end of a restriction.
        State open = to == State.CONFIRMED && before.confirmedAt() == null ? State.PENDING : to;
        Subscriber after = with(before, open, before.language(), before.topics());
        save(tx, after);
        Consents.add(stores, tx, after, kind, door, "");
        note(tx, after, to == State.RESTRICTED ? LeaveLog.What.RESTRICTED : LeaveLog.What.RELEASED);
        return after;
    }

    /** Notes what somebody asked for by right and got at once, in the transaction that does it. */
    public void asked(Tx tx, BranchId branch, String id, PersonRequest.Kind kind, Door door) {
        PersonRequests.done(stores, tx, branch, id, kind, door, "");
    }

    /** Notes that somebody took his data along. */
    public void taken(BranchId branch, String id, Door door) {
        // Never refused for want of room: his data is his.
        stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
            asked(tx, branch, id, PersonRequest.Kind.PORTABILITY, door);
            stores.subscribers()
                    .find(tx, branch, id)
                    .filter(one -> one.state() == State.CONFIRMED || one.state() == State.RESTRICTED)
                    .ifPresent(one -> seen(tx, one));
            return true;
        });
    }

    /** Written down beside the database as well: one that is put back does not know it. */
    private void note(Tx tx, Subscriber one, LeaveLog.What what) {
        Instant now = stores.clock().instant();
        // By each of his keys: a database from before may know him by one of them alone.
        List<LeaveLog.Line> lines = new Memberships(stores)
                .keys(one).stream()
                        .map(key -> new LeaveLog.Line(what, one.branch(), key, now))
                        .toList();
        if (what == LeaveLog.What.RELEASED) {
            lines.forEach(line -> stores.left().addAfter(tx, line));
        } else {
            stores.left().add(lines);
        }
    }

    /** Forgets the account of somebody who is written to by mail. */
    public void dropTelegram(Tx tx, Subscriber one) {
        Person person = new Person(one.person().address(), null, one.person().name());
        save(tx, with(one, one.state(), person, one.language(), one.topics()));
        // One that is put back from before may know him by that account alone, and would write there.
        stores.left()
                .addAfter(
                        tx,
                        new LeaveLog.Line(
                                LeaveLog.What.MOVED,
                                one.branch(),
                                stores.suppressions()
                                        .key("telegram:" + one.person().telegramId()),
                                stores.clock().instant()));
    }

    /**
     * Asks to be written to at another address: a mail goes there, and nothing changes until it was confirmed.
     *
     * @throws FaultException INVALID; NOT_FOUND; CONFLICT where no mail can be sent
     */
    public void correct(BranchId branch, String id, String typed, Door door) {
        stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            correct(tx, branch, id, typed, door);
            return true;
        });
    }

    /** The same within a transaction that the caller has. */
    public void correct(Tx tx, BranchId branch, String id, String typed, Door door) {
        MailAddress address = address(typed);
        requireMail();
        Subscriber one = there(tx, branch, id);
        boolean free = stores.suppressions()
                        .find(tx, branch, address.key())
                        .map(entry -> entry.reason() == Suppressions.Reason.LEFT)
                        .orElse(true)
                && stores.subscribers().byAddress(tx, branch, address.key()).isEmpty();
        // Whether somebody else has that address is nobody's business: what is answered is the same.
        if (free && mayMail(tx, one, address.key(), 1, SignUps.A_MONTH)) {
            outbox.add(tx, one, SignUpMail.Kind.CORRECT, address.text());
        }
        if (door != Door.TEAM) {
            asked(tx, branch, id, PersonRequest.Kind.RECTIFICATION, door);
        }
    }

    private static MailAddress address(String typed) {
        return MailAddress.of(typed)
                .orElseThrow(() -> FaultException.invalid("/address", Message.of("signup.address.invalid")));
    }

    /**
     * The same by the team, for who cannot do it himself. An account of Telegram loses him at once, for he has lost it, and somebody else may
     * hold it: it sees, changes and gets nothing any more. Who was reached there gets nothing either until he has confirmed at the new address.
     *
     * @param proof who of the team does it
     * @return whether he had such an account
     * @throws FaultException as {@link #correct}; where he had one also CONFLICT for an address that is another's or is written to no more, and
     *                        TOO_MANY: he would be cut off from both
     */
    public boolean correctFor(BranchId branch, String id, String typed, String proof) {
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Subscriber one = there(tx, branch, id);
            if (one.person().telegramId() == null) {
                correct(tx, branch, id, typed, Door.TEAM);
                return false;
            }
            MailAddress address = address(typed);
            requireMail();
            requireFree(tx, one, address);
            if (!mayMail(tx, one, address.key(), 1, SignUps.A_MONTH)) {
                throw new FaultException(
                        FaultException.Kind.TOO_MANY, Fault.at("/address", Message.of("signup.correct.flood")));
            }
            Consents.add(stores, tx, one, Consent.Kind.CORRECTED, Door.TEAM, proof);
            Subscriber after = withoutAccount(one, address);
            save(tx, after);
            account.accept(tx, one);
            String lost = stores.suppressions().key("telegram:" + one.person().telegramId());
            stores.left()
                    .addAfter(
                            tx,
                            new LeaveLog.Line(
                                    LeaveLog.What.MOVED,
                                    branch,
                                    lost,
                                    stores.clock().instant()));
            outbox.add(
                    tx,
                    stores.subscribers().find(tx, branch, id).orElseThrow(),
                    after.state() == State.PENDING ? SignUpMail.Kind.CONFIRM : SignUpMail.Kind.CORRECT,
                    address.text());
            return true;
        });
    }

    private void requireFree(Tx tx, Subscriber one, MailAddress address) {
        if (stores.subscribers()
                .byAddress(tx, one.branch(), address.key())
                .filter(other -> !other.id().equals(one.id()))
                .isPresent()) {
            throw FaultException.conflict(Message.of("signup.address.taken"));
        }
        if (stores.suppressions()
                .find(tx, one.branch(), address.key())
                .filter(entry -> entry.reason() != Suppressions.Reason.LEFT)
                .isPresent()) {
            throw FaultException.conflict(Message.of("signup.correct.suppressed"));
        }
    }

    /** By mail he keeps the address that he has confirmed; who had none has the new one, which is not confirmed yet. */
    private Subscriber withoutAccount(Subscriber one, MailAddress fresh) {
        boolean byMail = one.reach() == Reach.MAIL;
        return new Subscriber(
                one.id(),
                one.branch(),
                byMail || one.state() == State.RESTRICTED ? one.state() : State.PENDING,
                Reach.MAIL,
                one.language(),
                new Person(
                        byMail ? one.person().address() : fresh.text(),
                        null,
                        one.person().name()),
                one.topics(),
                one.link(),
                one.createdAt(),
                byMail ? one.confirmedAt() : null,
                null,
                stores.clock().instant(),
                null,
                one.version());
    }

    /** Nobody is flooded in another's name: neither by many asking for one address, nor by one asking for many. */
    private boolean mayMail(Tx tx, Subscriber asker, String address, int aDay, int aMonth) {
        Instant now = stores.clock().instant();
        Instant day = now.minus(Duration.ofDays(1));
        String who = stores.suppressions().key(address);
        String by = stores.suppressions().key("subscriber:" + asker.id());
        boolean may = stores.tries().since(tx, who, day) < aDay
                && stores.tries().since(tx, who, now.minus(Duration.ofDays(30))) < aMonth
                && stores.tries().since(tx, by, day) < SignUps.AN_ACCOUNT
                && stores.tries().all(tx, day) < SignUps.A_DAY;
        if (may) {
            stores.tries().add(tx, who, now);
            stores.tries().add(tx, by, now);
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
            // Nobody has confirmed an address that the team typed.
            address.filter(_ -> one.confirmedAt() != null)
                    .filter(to -> mayMail(tx, one, SignUps.DATA_LINK + to.key(), 3, 4 * SignUps.A_MONTH))
                    .ifPresent(to -> {
                        outbox.add(tx, one, SignUpMail.Kind.DATA, to.text());
                        asked(tx, branch, id, PersonRequest.Kind.ACCESS, Door.LETTER);
                    });
            return true;
        });
    }

    /** A sign of life: whoever looks at his data is not silent, and was not asked in vain. */
    public void seen(Tx tx, Subscriber one) {
        save(tx, with(one, one.state(), one.language(), one.topics()));
    }

    /** Says that letters are still wanted. */
    public void renew(Tx tx, Subscriber one, Door door, String proof) {
        save(tx, with(one, one.state(), one.language(), one.topics()));
        Consents.add(stores, tx, one, Consent.Kind.RENEWED, door, proof);
    }

    /** Telegram took the question whether he still wants letters: from now on he has thirty days. */
    public void asked(Tx tx, BranchId branch, String id) {
        Retention.asked(stores, tx, branch, id);
    }

    /** @return who is subscribed by an account of Telegram */
    public Optional<Subscriber> ofTelegram(Tx tx, BranchId branch, long telegramId) {
        return stores.subscribers().byTelegram(tx, branch, telegramId);
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
        return with(before, state, before.person(), language, topics);
    }

    private Subscriber with(Subscriber before, State state, Person person, String language, Set<String> topics) {
        return new Subscriber(
                before.id(),
                before.branch(),
                state,
                before.reach(),
                language,
                person,
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
