package org.tocsin.subscriber;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.base.Wakeup;
import org.tocsin.subscriber.SubscriptionEvent.Chosen;
import org.tocsin.subscriber.SubscriptionEvent.Facts;
import org.tocsin.subscriber.SubscriptionEvent.Kind;

/**
 * Puts what happens to subscribers among what waits to be told, in the transaction in which it happens. Nothing is kept where nobody follows.
 */
public final class SubscriptionEvents {
    private final SubscriptionHookRepository rows;
    private final SignUpRepository house;
    private final ConsentRegister register;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup bell;

    /**
     * @param register knows to which text each has agreed
     * @param bell     rung when something waits
     */
    public SubscriptionEvents(
            SubscriptionHookRepository rows,
            SignUpRepository house,
            ConsentRegister register,
            Ids ids,
            Clock clock,
            Wakeup bell) {
        this.rows = rows;
        this.house = house;
        this.register = register;
        this.ids = ids;
        this.clock = clock;
        this.bell = bell;
    }

    /** What the register has been told. */
    void add(Tx tx, Subscriber who, Consent.Kind kind, Consent.Door door) {
        Kind.of(kind).ifPresent(said -> add(tx, who, said, door));
    }

    /** @param who as he was before he left */
    void add(Tx tx, Subscriber who, Kind kind, Consent.Door door) {
        Optional<SubscriptionHook> hook = rows.find(tx, who.branch());
        if (hook.isPresent()) {
            insert(tx, who.branch(), who.id(), kind, facts(tx, who, door, hook.get()));
        }
    }

    /** Takes back what waits of a person, and says that he is to be forgotten: by his id, and nothing else. */
    void erased(Tx tx, BranchId branch, String subscriberId) {
        rows.forget(tx, subscriberId);
        if (rows.find(tx, branch).isPresent()) {
            insert(tx, branch, subscriberId, Kind.ERASED, null);
        }
    }

    private void insert(Tx tx, BranchId branch, String subscriberId, Kind kind, @Nullable Facts facts) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        rows.add(tx, new SubscriptionEvent(ids.next(), branch, subscriberId, kind, now, facts, 0, now));
        tx.afterCommit(bell::ring);
    }

    private Facts facts(Tx tx, Subscriber who, Consent.Door door, SubscriptionHook hook) {
        List<Chosen> topics = house.topics(tx, who.branch()).stream()
                .filter(topic -> who.topics().contains(topic.id()))
                .map(topic -> new Chosen(topic.id(), topic.nameFr(), topic.nameEn()))
                .toList();
        String address = who.reach() == Subscriber.Reach.MAIL && hook.withAddress() && agreed(tx, who, hook)
                ? who.person().address()
                : null;
        return new Facts(who.reach(), who.language(), topics, who.link(), door, address);
    }

    /** Whoever agreed to a text that names nobody is known there by his number alone, whatever later texts say. */
    private boolean agreed(Tx tx, Subscriber who, SubscriptionHook hook) {
        return register.of(tx, who.id()).stream()
                .map(ConsentRow::textId)
                .filter(Objects::nonNull)
                .reduce((_, later) -> later)
                .flatMap(id -> house.text(tx, id))
                .filter(text -> Handing.names(text.text(), Handing.host(hook.url())))
                .isPresent();
    }
}
