package org.tocsin.subscriber;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.Subscriber.Person;
import org.tocsin.subscriber.Subscriber.State;
import org.tocsin.subscriber.Suppressions.Reason;

/**
 * How people go: by themselves, because a server says so, or wholly. Who left is written down beside the database before anybody is
 * answered; his data is emptied at once, save what proves that he had agreed.
 */
public final class Leaving {
    private final PeopleStores stores;

    public Leaving(PeopleStores stores) {
        this.stores = stores;
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

    private boolean end(BranchId branch, String id, LeaveLog.What what, Door door, String proof) {
        Instant now = stores.clock().instant();
        Optional<Subscriber> there =
                stores.unitOfWork().read(tx -> stores.subscribers().find(tx, branch, id));
        if (there.isEmpty() || (what != LeaveLog.What.ERASED && gone(there.get()))) {
            return false;
        }
        keys(there.get()).forEach(key -> stores.left().add(new LeaveLog.Line(what, branch, key, now)));
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Optional<Subscriber> found = stores.subscribers().find(tx, branch, id);
            found.ifPresent(one -> end(tx, one, what, door, proof, now));
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

    /** The same within a transaction that the caller has; who left must be written down by him before. */
    void end(Tx tx, Subscriber one, LeaveLog.What what, Door door, String proof, Instant now) {
        if (!gone(one)) {
            Consents.add(stores, tx, one, Consent.Kind.WITHDRAWN, door, proof);
            address(one.person())
                    .ifPresent(address -> stores.suppressions().add(tx, one.branch(), address, reason(what), now));
        }
        stores.mails().delete(tx, one.id());
        if (what == LeaveLog.What.ERASED) {
            stores.register().forget(tx, one.id());
            stores.subscribers().delete(tx, one.id());
            return;
        }
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

    private static Reason reason(LeaveLog.What what) {
        return switch (what) {
            case LEFT, BACK -> Reason.LEFT;
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
        int out = 0;
        for (LeaveLog.Line line : last.values()) {
            out += stores.unitOfWork().write(Urgency.BULK, tx -> apply(tx, line));
        }
        return out;
    }

    /** A person who was erased after he had left was erased; only coming back undoes it. */
    private static boolean graver(LeaveLog.Line before, LeaveLog.Line after) {
        return before.what() == LeaveLog.What.ERASED && after.what() != LeaveLog.What.BACK;
    }

    private int apply(Tx tx, LeaveLog.Line line) {
        if (line.what() == LeaveLog.What.BACK) {
            return 0;
        }
        stores.suppressions().addKey(tx, line.branch(), line.key(), reason(line.what()), line.at());
        Optional<Subscriber> there = stores.subscribers()
                .byKey(tx, line.branch(), line.key())
                .filter(one -> !since(one).isAfter(line.at()));
        there.ifPresent(one -> end(tx, one, line.what(), Door.DAEMON, "restored", line.at()));
        return there.isPresent() ? 1 : 0;
    }

    private static Instant since(Subscriber one) {
        Instant confirmed = one.confirmedAt();
        return confirmed == null ? one.createdAt() : confirmed;
    }
}
