package org.tocsin.subscriber;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
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
    /** How it is known that somebody went: it is written beside the database. */
    private static final String RESTORED = "restored";
    /** How the proof of what the team did begins. */
    static final String BY_TEAM = "team:";

    private final PeopleStores stores;
    private final Memberships memberships;
    private final BiConsumer<Tx, Subscriber> elsewhere;

    /** @param elsewhere takes a person out of what other packages keep, in the transaction of an erasure */
    public Leaving(PeopleStores stores, BiConsumer<Tx, Subscriber> elsewhere) {
        this.stores = stores;
        this.memberships = new Memberships(stores);
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

    /**
     * The same by the link of a letter. It may be one of before: who has left and signed up again is another row by now, and means the letters
     * that he gets. Of the addresses that he had then it is the last: one that he gave up may be another's.
     */
    public boolean leaveByLink(BranchId branch, String id) {
        return leave(branch, present(branch, id), Door.LETTER, "link");
    }

    private String present(BranchId branch, String id) {
        return stores.unitOfWork()
                .read(tx -> stores.subscribers()
                        .find(tx, branch, id)
                        .filter(Memberships::gone)
                        .flatMap(one -> memberships.last(tx, one.id()))
                        .flatMap(key -> stores.subscribers().byKey(tx, branch, key))
                        .map(Subscriber::id)
                        .orElse(id));
    }

    /**
     * His server says that there is no such mailbox, or he blocked the bot.
     *
     * @param written when the letter was begun; who has moved since stays
     * @return whether he went
     */
    public boolean bounced(BranchId branch, String id, Instant written, String proof) {
        return end(branch, id, LeaveLog.What.BOUNCED, Door.DAEMON, proof, (tx, one) -> !moved(tx, one, written));
    }

    /** He told his server that a letter was unwanted; the same. */
    public boolean complained(BranchId branch, String id, Instant written, String proof) {
        return end(branch, id, LeaveLog.What.COMPLAINED, Door.DAEMON, proof, (tx, one) -> !moved(tx, one, written));
    }

    /** @return whether he is there, and reached elsewhere than when a letter was begun */
    public boolean moved(BranchId branch, String id, Instant written) {
        return stores.unitOfWork()
                .read(tx -> stores.subscribers()
                        .find(tx, branch, id)
                        .filter(one -> !Memberships.gone(one) && moved(tx, one, written))
                        .isPresent());
    }

    private boolean moved(Tx tx, Subscriber one, Instant written) {
        String now = memberships.key(Consents.who(one));
        return memberships
                .at(tx, one.id(), written)
                .filter(then -> !then.equals(now))
                .isPresent();
    }

    /**
     * Takes all that is known of a person away, also of when he was subscribed before. What stays is a keyed hash, so that he is not written to
     * by mistake.
     */
    public boolean erase(BranchId branch, String id, Door door, String proof) {
        return end(branch, id, LeaveLog.What.ERASED, door, proof);
    }

    /** Leaves, within a transaction that the caller has. */
    public void leave(Tx tx, Subscriber one, Door door, String proof) {
        end(tx, one, LeaveLog.What.LEFT, door, proof);
    }

    /** He is on the list of those who had left another tool; within a transaction that the caller has. */
    void listed(Tx tx, Subscriber one, String proof) {
        end(tx, one, LeaveLog.What.IMPORTED, Door.IMPORT, proof);
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
                        if (now.state() != State.PENDING && !Memberships.gone(now)) {
                            end(tx, now, LeaveLog.What.EXPIRED, Door.DAEMON, "time");
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

    private void removeEarlier(Tx tx, BranchId branch, String id) {
        Optional<Subscriber> row = stores.subscribers().find(tx, branch, id);
        if (row.isPresent()) {
            remove(tx, row.get());
        } else {
            stores.register().forget(tx, id);
        }
    }

    private void end(Tx tx, Subscriber one, LeaveLog.What what, Door door, String proof) {
        Instant now = stores.clock().instant();
        List<LeaveLog.Line> lines = lines(tx, one, what, now);
        stores.left().add(lines);
        if (what == LeaveLog.What.ERASED && Memberships.gone(one)) {
            // As the list has it, by which the next start would shut them.
            lines.forEach(
                    line -> stores.suppressions().addKey(tx, line.branch(), line.key(), Reason.ERASED, line.at()));
        }
        end(tx, one, what, door, proof, now);
    }

    /** The lines are on the disk before the transaction that does what they say: one that is put back from before learns of it. */
    private List<LeaveLog.Line> lines(Tx tx, Subscriber one, LeaveLog.What what, Instant now) {
        Map<String, Instant> keys = what == LeaveLog.What.ERASED || what == LeaveLog.What.EXPIRED
                ? memberships.of(tx, one).held()
                : memberships.keys(one).stream().collect(Collectors.toMap(key -> key, _ -> now));
        // An address of before may be another's now, or his own under a row that came later: that one has not gone.
        return keys.entrySet().stream()
                .filter(held -> stores.subscribers()
                        .byKey(tx, one.branch(), held.getKey())
                        .map(there -> there.id().equals(one.id()))
                        .orElse(true))
                // What was said there after he had given it up is another's, and stays.
                .map(held -> new LeaveLog.Line(
                        what, one.branch(), held.getKey(), held.getValue().isBefore(now) ? held.getValue() : now))
                .toList();
    }

    private boolean end(BranchId branch, String id, LeaveLog.What what, Door door, String proof) {
        return end(branch, id, what, door, proof, (_, _) -> true);
    }

    private boolean end(
            BranchId branch,
            String id,
            LeaveLog.What what,
            Door door,
            String proof,
            BiPredicate<Tx, Subscriber> still) {
        Optional<Subscriber> there =
                stores.unitOfWork().read(tx -> stores.subscribers().find(tx, branch, id));
        if (there.isEmpty() || over(there.get(), what)) {
            return false;
        }
        // Never refused for want of room: as long as letters go out, people can go as well.
        return stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
            Optional<Subscriber> goes =
                    stores.subscribers().find(tx, branch, id).filter(one -> !over(one, what) && still.test(tx, one));
            goes.ifPresent(one -> end(tx, one, what, door, proof));
            return goes.isPresent();
        });
    }

    private static boolean over(Subscriber one, LeaveLog.What what) {
        return what != LeaveLog.What.ERASED && Memberships.gone(one);
    }

    private void end(Tx tx, Subscriber one, LeaveLog.What what, Door door, String proof, Instant now) {
        if (!Memberships.gone(one)) {
            Consents.add(stores, tx, one, Consent.Kind.WITHDRAWN, door, proof);
            if (what != LeaveLog.What.ERASED) {
                stores.events().add(tx, one, SubscriptionEvent.Kind.of(what), door);
            }
            // An account that blocked the bot says nothing of an address.
            boolean ofAddress = what != LeaveLog.What.BOUNCED || one.reach() == Subscriber.Reach.MAIL;
            Memberships.address(one.person())
                    // Of who is put back from before, the list itself says whether he may be written to since.
                    .filter(address -> ofAddress && !proof.equals(RESTORED))
                    .ifPresent(address -> stores.suppressions().add(tx, one.branch(), address, reason(what), now));
        }
        if (what == LeaveLog.What.ERASED) {
            // Before the register forgets by what they are tied.
            Set<String> earlier = memberships.of(tx, one).earlier();
            if (door != Door.DAEMON) {
                PersonRequests.done(stores, tx, one.branch(), one.id(), Kind.ERASURE, door, member(proof));
            }
            remove(tx, one);
            earlier.forEach(id -> removeEarlier(tx, one.branch(), id));
            return;
        }
        stores.mails().delete(tx, one.id());
        stores.subscribers()
                .save(
                        tx,
                        new Subscriber(
                                one.id(),
                                one.branch(),
                                what == LeaveLog.What.BOUNCED || what == LeaveLog.What.MOVED
                                        ? State.UNREACHABLE
                                        : State.LEFT,
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
            case LEFT, EXPIRED, BACK, RESTRICTED, RELEASED, MOVED -> Reason.LEFT;
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
        Map<String, Fate> fates = new LinkedHashMap<>();
        for (LeaveLog.Line line : stores.left().lines()) {
            fates.merge(line.branch().value() + " " + line.key(), Fate.of(line), (before, _) -> before.and(line));
        }
        List<Fate> all = List.copyOf(fates.values());
        int out = 0;
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Fate> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            out += stores.unitOfWork().write(Urgency.BULK, tx -> {
                int count = 0;
                for (Fate fate : some) {
                    count += apply(tx, fate);
                }
                return count;
            });
        }
        return out;
    }

    private int apply(Tx tx, Fate fate) {
        BranchId branch = fate.last().branch();
        String key = fate.last().key();
        LeaveLog.Line shut = fate.shut();
        if (shut != null && cameBack(tx, branch, key, shut.at())) {
            // Their coming back was committed, and the daemon ended before it could be written here.
            stores.left()
                    .addAfter(
                            tx,
                            new LeaveLog.Line(
                                    LeaveLog.What.BACK,
                                    branch,
                                    key,
                                    stores.clock().instant()));
        } else if (shut != null) {
            stores.suppressions().addKey(tx, branch, key, reason(shut.what()), shut.at());
        }
        int out = 0;
        Instant erased = fate.erased();
        if (erased != null) {
            // Also who had left before he was erased, and is known by the register alone.
            for (String id : memberships.before(tx, branch, key, erased)) {
                removeEarlier(tx, branch, id);
                out++;
            }
        }
        Optional<Subscriber> there = stores.subscribers().byKey(tx, branch, key);
        return out + there.map(one -> apply(tx, one, fate)).orElse(0);
    }

    private boolean cameBack(Tx tx, BranchId branch, String key, Instant shut) {
        return stores.subscribers()
                .byKey(tx, branch, key)
                .filter(one -> one.confirmedAt() != null && since(tx, one).isAfter(shut))
                .isPresent();
    }

    private int apply(Tx tx, Subscriber one, Fate fate) {
        Instant since = since(tx, one);
        Instant erased = fate.erased();
        Instant expired = fate.expired();
        LeaveLog.Line ended = fate.ended();
        Instant restricted = fate.restricted();
        Instant moved = fate.moved();
        if (erased != null && !since.isAfter(erased)) {
            end(tx, one, LeaveLog.What.ERASED, Door.DAEMON, RESTORED, erased);
        } else if (expired != null && !since.isAfter(expired)) {
            end(tx, one, LeaveLog.What.EXPIRED, Door.DAEMON, RESTORED, expired);
            remove(tx, one);
        } else if (ended != null && !since.isAfter(ended.at())) {
            end(tx, one, ended.what(), Door.DAEMON, RESTORED, ended.at());
        } else if (moved != null && !since.isAfter(moved)) {
            moved(tx, one, fate.last().key(), moved);
        } else if (restricted != null && !since.isAfter(restricted) && one.state() == State.CONFIRMED) {
            stores.subscribers().save(tx, as(one, State.RESTRICTED, one.person()));
        } else {
            return 0;
        }
        return 1;
    }

    /** Where he is to be reached now the list does not say, for it names nobody: he is not written to where he is not. */
    private void moved(Tx tx, Subscriber one, String key, Instant at) {
        boolean byAddress = Memberships.address(one.person())
                .filter(address -> stores.suppressions().key(address).equals(key))
                .isPresent();
        if (byAddress || one.reach() == Subscriber.Reach.TELEGRAM) {
            end(tx, one, LeaveLog.What.MOVED, Door.DAEMON, RESTORED, at);
        } else {
            Person person =
                    new Person(one.person().address(), null, one.person().name());
            stores.subscribers().save(tx, as(one, one.state(), person));
        }
    }

    private static Subscriber as(Subscriber one, State state, Person person) {
        return new Subscriber(
                one.id(),
                one.branch(),
                state,
                one.reach(),
                one.language(),
                person,
                one.topics(),
                one.link(),
                one.createdAt(),
                one.confirmedAt(),
                one.endedAt(),
                one.seenAt(),
                one.askedAt(),
                one.version());
    }

    /** Since when he is to be reached where he is: what is said of an address before it was his says nothing of him. */
    private Instant since(Tx tx, Subscriber one) {
        Instant confirmed = one.confirmedAt();
        Instant first = confirmed == null ? one.createdAt() : confirmed;
        return stores.register().of(tx, one.id()).stream()
                .filter(row -> row.consent() != null && row.consent().kind() == Consent.Kind.CORRECTED)
                .map(ConsentRow::at)
                .filter(first::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(first);
    }
}
