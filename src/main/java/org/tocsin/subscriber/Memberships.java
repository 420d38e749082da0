package org.tocsin.subscriber;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * @param held    of all addresses and accounts, as {@link Suppressions#key} makes them, until when they were his;
     *                {@link Instant#MAX} for what he did not give up
     * @param earlier ids of memberships that have ended, without the one that was asked for
     */
    record Found(Map<String, Instant> held, Set<String> earlier) {}

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

    /** @return ids of memberships under what he has or had that have ended, without this one; no further than that leads */
    Set<String> under(Tx tx, Subscriber one) {
        Set<String> ids = new TreeSet<>();
        held(tx, one)
                .forEach((key, until) -> stores.register().holders(tx, one.branch(), key).stream()
                        .filter(id -> !id.equals(one.id())
                                && ended(tx, one.branch(), id)
                                && began(tx, one.branch(), id, until))
                        .forEach(ids::add));
        return ids;
    }

    /** Also of who has left: of him the register alone knows who he was. */
    Found of(Tx tx, Subscriber one) {
        Map<String, Instant> held = new LinkedHashMap<>();
        Set<String> earlier = new LinkedHashSet<>();
        Deque<Map.Entry<String, Instant>> open = new ArrayDeque<>();
        later(held, held(tx, one), open);
        while (!open.isEmpty()) {
            Map.Entry<String, Instant> next = open.pop();
            for (String id : stores.register().holders(tx, one.branch(), next.getKey())) {
                // One that has not ended stays, and one that came after him: an address may be another's by then.
                if (!id.equals(one.id())
                        && ended(tx, one.branch(), id)
                        && began(tx, one.branch(), id, next.getValue())
                        && earlier.add(id)) {
                    later(held, said(tx, id), open);
                }
            }
        }
        return new Found(held, earlier);
    }

    private static void later(
            Map<String, Instant> held, Map<String, Instant> found, Deque<Map.Entry<String, Instant>> open) {
        found.forEach((key, until) -> {
            Instant before = held.get(key);
            if (before == null || before.isBefore(until)) {
                held.put(key, until);
                open.add(Map.entry(key, until));
            }
        });
    }

    private Map<String, Instant> held(Tx tx, Subscriber one) {
        Map<String, Instant> held = said(tx, one.id());
        keys(one).forEach(key -> held.put(key, Instant.MAX));
        return held;
    }

    /** @return under which keys somebody spoke, and until when each was his */
    private Map<String, Instant> said(Tx tx, String id) {
        Map<String, Instant> held = new LinkedHashMap<>();
        // A correction takes the place of the address before it, and leaves an account of Telegram as it is.
        Set<String> reached = new LinkedHashSet<>();
        // Of rows that cannot be read the key alone is known.
        stores.register().keys(tx, id).forEach(key -> held.put(key, Instant.MAX));
        for (ConsentRow row : stores.register().of(tx, id)) {
            Consent consent = row.consent();
            if (consent == null) {
                continue;
            }
            String key = key(consent.who());
            boolean lost = consent.kind() == Consent.Kind.CORRECTED
                    && consent.door() == Consent.Door.TEAM
                    && consent.reach() == Subscriber.Reach.TELEGRAM;
            if (consent.kind() == Consent.Kind.CORRECTED && !lost && consent.door() != Consent.Door.TEAM) {
                reached.forEach(other -> held.put(other, row.at()));
                reached.clear();
            }
            held.put(key, lost ? row.at() : Instant.MAX);
            if (consent.reach() == Subscriber.Reach.MAIL) {
                reached.add(key);
            }
        }
        return held;
    }

    private boolean began(Tx tx, BranchId branch, String id, Instant until) {
        return !stores.subscribers()
                .find(tx, branch, id)
                .map(Subscriber::createdAt)
                .or(() -> stores.register().of(tx, id).stream()
                        .map(ConsentRow::at)
                        .findFirst())
                .orElse(Instant.MIN)
                .isAfter(until);
    }

    /** @return by which key addresses and accounts are known everywhere */
    String key(String who) {
        return stores.suppressions()
                .key(MailAddress.of(who).map(MailAddress::key).orElse(who));
    }

    /** @return under which key somebody spoke last; empty where nothing is known of him */
    Optional<String> last(Tx tx, String id) {
        return at(tx, id, Instant.MAX);
    }

    /** @return where somebody was reached then, as a key; empty where nothing is known */
    Optional<String> at(Tx tx, String id, Instant then) {
        return stores.register().of(tx, id).stream()
                .filter(row -> !row.at().isAfter(then))
                .map(ConsentRow::consent)
                .filter(Objects::nonNull)
                .reduce((_, next) -> next)
                .map(consent -> key(consent.who()));
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

    private boolean ended(Tx tx, BranchId branch, String id) {
        return stores.subscribers().find(tx, branch, id).map(Memberships::gone).orElse(true);
    }
}
