package org.tocsin.subscriber;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.PersonRequest.Kind;
import org.tocsin.subscriber.Subscriber.Person;
import org.tocsin.subscriber.Subscriber.State;
import org.tocsin.subscriber.Suppressions.Reason;

/**
 * How people go: by themselves, because a server says so, or wholly. Who left is written down beside the database before anybody is
 * answered; his data is emptied at once, save what proves that he had agreed.
 */
public final class Leaving {
    private static final int AT_ONCE = 200;
    /** How the proof of what the team did begins. */
    static final String BY_TEAM = "team:";

    private final PeopleStores stores;
    private final BiConsumer<Tx, Subscriber> elsewhere;

    /** @param elsewhere takes a person out of what other packages keep, in the transaction of an erasure */
    public Leaving(PeopleStores stores, BiConsumer<Tx, Subscriber> elsewhere) {
        this.stores = stores;
        this.elsewhere = elsewhere;
    }

    /**
     * Leaves, in one step. Who has left already stays so.
     *
     * @param proof how it is known that it was he
     * @return whether he was there
     */
    public boolean leave(BranchId branch, String id, Door door, String proof) {
        return end(branch, id, LeaveLog.What.LEFT, door, proof);
    }

    /** His server says that there is no such mailbox, or he blocked the bot. */
    public boolean bounced(BranchId branch, String id, String proof) {
        return end(branch, id, LeaveLog.What.BOUNCED, Door.DAEMON, proof);
    }

    /** He told his server that a letter was unwanted. */
    public boolean complained(BranchId branch, String id, String proof) {
        return end(branch, id, LeaveLog.What.COMPLAINED, Door.DAEMON, proof);
    }

    /** Takes all that is known of a person away. What stays is a keyed hash, so that he is not written to by mistake. */
    public boolean erase(BranchId branch, String id, Door door, String proof) {
        return end(branch, id, LeaveLog.What.ERASED, door, proof);
    }

    /** Leaves, within a transaction that the caller has. */
    public void leave(Tx tx, Subscriber one, Door door, String proof) {
        end(tx, one, LeaveLog.What.LEFT, door, proof);
    }

    /** Leaves because he objects to letters (GDPR, article 21), within a transaction that the caller has. */
    public void oppose(Tx tx, Subscriber one, Door door, String proof) {
        PersonRequests.done(stores, tx, one.branch(), one.id(), Kind.OBJECTION, door, member(proof));
        end(tx, one, LeaveLog.What.LEFT, door, proof);
    }

    /**
     * The same.
     *
     * @return whether he was there
     */
    public boolean oppose(BranchId branch, String id, Door door, String proof) {
        boolean there = end(branch, id, LeaveLog.What.LEFT, door, proof);
        if (there) {
            stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
                PersonRequests.done(stores, tx, branch, id, Kind.OBJECTION, door, member(proof));
                return true;
            });
        }
        return there;
    }

    /** He blocked the bot; within a transaction that the caller has. */
    public void bounced(Tx tx, Subscriber one, String proof) {
        end(tx, one, LeaveLog.What.BOUNCED, Door.DAEMON, proof);
    }

    /** Erases, within a transaction that the caller has. */
    public void erase(Tx tx, Subscriber one, Door door, String proof) {
        end(tx, one, LeaveLog.What.ERASED, door, proof);
    }

    /**
     * Erases by time alone: nothing was asked for, so that he may sign up anew. Who has answered, asked or confirmed since he was looked at
     * stays.
     *
     * @param seen as he was when his time was found to be over
     */
    void expire(Subscriber seen) {
        stores.unitOfWork().write(Urgency.BULK, tx -> {
            stores.subscribers()
                    .find(tx, seen.branch(), seen.id())
                    .filter(now -> now.version() == seen.version())
                    .ifPresent(now -> {
                        if (now.state() != State.PENDING && !gone(now)) {
                            end(tx, now, LeaveLog.What.LEFT, Door.DAEMON, "time");
                        }
                        remove(tx, now);
                    });
            return true;
        });
    }

    private void remove(Tx tx, Subscriber one) {
        String link = one.link();
        if (link != null && one.confirmedAt() != null) {
            // What a leaflet or a post brought stays true: by a number alone.
            stores.house().erased(tx, one.branch(), link);
        }
        stores.mails().delete(tx, one.id());
        stores.aliases().forget(tx, one.id());
        stores.requests().forget(tx, one.id());
        stores.register().forget(tx, one.id());
        stores.subscribers().delete(tx, one.id());
        elsewhere.accept(tx, one);
        stores.events().erased(tx, one.branch(), one.id());
    }

    private void end(Tx tx, Subscriber one, LeaveLog.What what, Door door, String proof) {
        Instant now = stores.clock().instant();
        stores.left().add(lines(tx, one, what, now));
        end(tx, one, what, door, proof, now);
    }

    private List<LeaveLog.Line> lines(Tx tx, Subscriber one, LeaveLog.What what, Instant now) {
        Set<String> keys = new LinkedHashSet<>(keys(one));
        if (what == LeaveLog.What.ERASED) {
            // Of who has left already, the register alone knows who he was.
            stores.register().of(tx, one.id()).stream()
                    .map(ConsentRow::consent)
                    .filter(Objects::nonNull)
                    .forEach(consent -> keys.add(stores.suppressions()
                            .key(MailAddress.of(consent.who())
                                    .map(MailAddress::key)
                                    .orElse(consent.who()))));
        }
        // An address of before may be another's now, or his own under a row that came later: that one has not gone.
        return keys.stream()
                .filter(key -> stores.subscribers()
                        .byKey(tx, one.branch(), key)
                        .map(there -> there.id().equals(one.id()))
                        .orElse(true))
                .map(key -> new LeaveLog.Line(what, one.branch(), key, now))
                .toList();
    }

    private boolean end(BranchId branch, String id, LeaveLog.What what, Door door, String proof) {
        Instant now = stores.clock().instant();
        Optional<Subscriber> there =
                stores.unitOfWork().read(tx -> stores.subscribers().find(tx, branch, id));
        if (there.isEmpty() || (what != LeaveLog.What.ERASED && gone(there.get()))) {
            return false;
        }
        Subscriber one = there.get();
        List<LeaveLog.Line> lines = stores.unitOfWork().read(tx -> lines(tx, one, what, now));
        stores.left().add(lines);
        // Never refused for want of room: as long as letters go out, people can go as well.
        return stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
            Optional<Subscriber> found = stores.subscribers().find(tx, branch, id);
            found.ifPresent(still -> end(tx, still, what, door, proof, now));
            return found.isPresent();
        });
    }

    private static boolean gone(Subscriber one) {
        return one.state() == State.LEFT || one.state() == State.UNREACHABLE;
    }

    private List<String> keys(Subscriber one) {
        List<String> keys = new ArrayList<>();
        address(one.person())
                .ifPresent(address -> keys.add(stores.suppressions().key(address)));
        if (one.person().telegramId() != null) {
            keys.add(stores.suppressions().key("telegram:" + one.person().telegramId()));
        }
        return keys;
    }

    private static Optional<String> address(Person person) {
        return Optional.ofNullable(person.address())
                .map(typed -> MailAddress.of(typed).map(MailAddress::key).orElse(typed));
    }

    private void end(Tx tx, Subscriber one, LeaveLog.What what, Door door, String proof, Instant now) {
        if (!gone(one)) {
            Consents.add(stores, tx, one, Consent.Kind.WITHDRAWN, door, proof);
            if (what != LeaveLog.What.ERASED) {
                stores.events().add(tx, one, SubscriptionEvent.Kind.of(what), door);
            }
            // An account that blocked the bot says nothing of an address.
            boolean ofAddress = what != LeaveLog.What.BOUNCED || one.reach() == Subscriber.Reach.MAIL;
            address(one.person())
                    .filter(address -> ofAddress)
                    .ifPresent(address -> stores.suppressions().add(tx, one.branch(), address, reason(what), now));
        }
        if (what == LeaveLog.What.ERASED) {
            if (door != Door.DAEMON) {
                PersonRequests.done(stores, tx, one.branch(), one.id(), Kind.ERASURE, door, member(proof));
            }
            remove(tx, one);
            return;
        }
        stores.mails().delete(tx, one.id());
        stores.subscribers()
                .save(
                        tx,
                        new Subscriber(
                                one.id(),
                                one.branch(),
                                what == LeaveLog.What.BOUNCED ? State.UNREACHABLE : State.LEFT,
                                one.reach(),
                                one.language(),
                                Person.NOBODY,
                                Set.of(),
                                one.link(),
                                one.createdAt(),
                                one.confirmedAt(),
                                now,
                                one.seenAt(),
                                null,
                                one.version()));
    }

    /** @return id of who of the team has done it; empty for nobody */
    private static String member(String proof) {
        return proof.startsWith(BY_TEAM) ? proof.substring(BY_TEAM.length()).split(" ", 2)[0] : "";
    }

    private static Reason reason(LeaveLog.What what) {
        return switch (what) {
            case LEFT, BACK, RESTRICTED, RELEASED -> Reason.LEFT;
            case IMPORTED -> Reason.IMPORTED;
            case BOUNCED -> Reason.BOUNCED;
            case COMPLAINED -> Reason.COMPLAINED;
            case ERASED -> Reason.ERASED;
        };
    }

    /**
     * Applies what is written beside the database to one that was put back from before it. To be called at the start, before anything is
     * sent. What is known already is left as it is.
     *
     * @return how many people it took out
     */
    public int apply() {
        Map<String, LeaveLog.Line> last = new HashMap<>();
        for (LeaveLog.Line line : stores.left().lines()) {
            last.merge(
                    line.branch().value() + " " + line.key(),
                    line,
                    (before, after) -> graver(before, after) ? before : after);
        }
        List<LeaveLog.Line> lines = List.copyOf(last.values());
        int out = 0;
        for (int from = 0; from < lines.size(); from += AT_ONCE) {
            List<LeaveLog.Line> some = lines.subList(from, Math.min(lines.size(), from + AT_ONCE));
            out += stores.unitOfWork().write(Urgency.BULK, tx -> {
                int count = 0;
                for (LeaveLog.Line line : some) {
                    count += apply(tx, line);
                }
                return count;
            });
        }
        return out;
    }

    /** A person who was erased after he had left was erased; only coming back undoes it. */
    private static boolean graver(LeaveLog.Line before, LeaveLog.Line after) {
        return before.what() == LeaveLog.What.ERASED && after.what() != LeaveLog.What.BACK;
    }

    private int apply(Tx tx, LeaveLog.Line line) {
        Optional<Subscriber> there = stores.subscribers().byKey(tx, line.branch(), line.key());
        boolean later = there.map(one -> since(one).isAfter(line.at())).orElse(false);
        if (later || line.what() == LeaveLog.What.BACK || line.what() == LeaveLog.What.RELEASED) {
            return 0;
        }
        if (line.what() == LeaveLog.What.RESTRICTED) {
            Optional<Subscriber> open = there.filter(one -> one.state() == State.CONFIRMED);
            open.ifPresent(one -> stores.subscribers().save(tx, restricted(one)));
            return open.isPresent() ? 1 : 0;
        }
        stores.suppressions().addKey(tx, line.branch(), line.key(), reason(line.what()), line.at());
        there.ifPresent(one -> end(tx, one, line.what(), Door.DAEMON, "restored", line.at()));
        return there.isPresent() ? 1 : 0;
    }

    private static Subscriber restricted(Subscriber one) {
        return new Subscriber(
                one.id(),
                one.branch(),
                State.RESTRICTED,
                one.reach(),
                one.language(),
                one.person(),
                one.topics(),
                one.link(),
                one.createdAt(),
                one.confirmedAt(),
                one.endedAt(),
                one.seenAt(),
                one.askedAt(),
                one.version());
    }

    private static Instant since(Subscriber one) {
        Instant confirmed = one.confirmedAt();
        return confirmed == null ? one.createdAt() : confirmed;
    }
}
