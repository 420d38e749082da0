package org.tocsin.subscriber;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.Subscriber.Person;
import org.tocsin.subscriber.Subscriber.State;

/**
 * Which memberships were one person's. Who left and signed up again has another id each time; what ties them is that something was said of
 * both under one address or one account. A branch answers for its own list, so that nothing leads from one branch to another.
 */
final class Memberships {
    private final PeopleStores stores;

    Memberships(PeopleStores stores) {
        this.stores = stores;
    }

    /**
     * What was found.
     *
     * @param keys    of all addresses and accounts, as {@link Suppressions#key} makes them
     * @param earlier ids of memberships that have ended, without the one that was asked for
     */
    record Found(Set<String> keys, Set<String> earlier) {}

    static boolean gone(Subscriber one) {
        return one.state() == State.LEFT || one.state() == State.UNREACHABLE;
    }

    static Optional<String> address(Person person) {
        return Optional.ofNullable(person.address())
                .map(typed -> MailAddress.of(typed).map(MailAddress::key).orElse(typed));
    }

    /** @return by which keys somebody is known now; none once he has left */
    Set<String> keys(Subscriber one) {
        Set<String> keys = new LinkedHashSet<>();
        address(one.person())
                .ifPresent(address -> keys.add(stores.suppressions().key(address)));
        if (one.person().telegramId() != null) {
            keys.add(stores.suppressions().key("telegram:" + one.person().telegramId()));
        }
        return keys;
    }

    /** @return by which keys somebody is known now, or was before under the same id */
    Set<String> used(Tx tx, Subscriber one) {
        Set<String> keys = keys(one);
        keys.addAll(stores.register().keys(tx, one.id()));
        return keys;
    }

    /** @return ids of memberships under one of these keys that have ended, without that one; no further than these keys lead */
    Set<String> under(Tx tx, Subscriber one, Set<String> keys) {
        Set<String> ids = new TreeSet<>();
        for (String key : keys) {
            stores.register().holders(tx, one.branch(), key).stream()
                    .filter(id -> !id.equals(one.id()) && ended(tx, one.branch(), id))
                    .forEach(ids::add);
        }
        return ids;
    }

    /** Also of who has left: of him the register alone knows who he was. */
    Found of(Tx tx, Subscriber one) {
        return follow(tx, one.branch(), one.id(), used(tx, one));
    }

    /** @return ids of memberships under one key that began no later than that and have ended */
    List<String> before(Tx tx, BranchId branch, String key, Instant until) {
        return stores.register().holders(tx, branch, key).stream()
                .filter(id -> stores.subscribers()
                        .find(tx, branch, id)
                        .map(one -> gone(one) && !one.createdAt().isAfter(until))
                        .orElse(true))
                .toList();
    }

    private Found follow(Tx tx, BranchId branch, String self, Set<String> keys) {
        Set<String> earlier = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(keys);
        while (!open.isEmpty()) {
            for (String id : stores.register().holders(tx, branch, open.pop())) {
                // One that has not ended stays: an address may be another's by now.
                if (!id.equals(self) && ended(tx, branch, id) && earlier.add(id)) {
                    stores.register().keys(tx, id).stream().filter(keys::add).forEach(open::add);
                }
            }
        }
        return new Found(keys, earlier);
    }

    private boolean ended(Tx tx, BranchId branch, String id) {
        return stores.subscribers().find(tx, branch, id).map(Memberships::gone).orElse(true);
    }
}
