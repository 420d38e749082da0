package org.tocsin.subscriber;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.PersonRequest.Kind;

/** What people ask for by right: what they did themselves, what the team did for them, and what is still to be answered within a month. */
public final class PersonRequests {
    private static final int LONGEST = 300;
    /** The same asked for twice in a day is asked for once. */
    private static final Duration DAY = Duration.ofDays(1);

    private final PeopleStores stores;

    public PersonRequests(PeopleStores stores) {
        this.stores = stores;
    }

    /**
     * Notes what was done as soon as it was asked for, in the transaction that does it. What the team had written down of it is done by that.
     *
     * @param by id of who of the team did it; empty where the person did it himself
     */
    static void done(
            PeopleStores stores, Tx tx, BranchId branch, String subscriberId, Kind kind, Door door, String by) {
        Instant now = stores.clock().instant();
        if (stores.requests().doneOf(tx, subscriberId, kind, now, by)
                || stores.requests().since(tx, subscriberId, kind, door, now.minus(DAY))) {
            return;
        }
        stores.requests()
                .insert(
                        tx,
                        new PersonRequest(
                                stores.ids().next(),
                                branch,
                                subscriberId,
                                kind,
                                door,
                                now,
                                PersonRequest.due(now),
                                now,
                                by,
                                ""));
    }

    /**
     * Writes down what somebody asked the team for.
     *
     * @param subscriberId null where it is not known yet who it is
     * @param at           when it came; null for now
     * @param note         naming nobody
     * @throws FaultException INVALID; NOT_FOUND
     */
    public PersonRequest add(Actor actor, Kind kind, @Nullable String subscriberId, @Nullable Instant at, String note) {
        actor.require(Scope.MANAGE);
        String said = said(note);
        Instant now = stores.clock().instant();
        if (at != null && at.isAfter(now)) {
            throw FaultException.invalid("/at", Message.of("signup.request.later"));
        }
        Instant came = at == null ? now : at;
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            if (subscriberId != null
                    && stores.subscribers()
                            .find(tx, actor.branch(), subscriberId)
                            .isEmpty()) {
                throw FaultException.notFound("subscriber", subscriberId);
            }
            PersonRequest fresh = new PersonRequest(
                    stores.ids().next(),
                    actor.branch(),
                    subscriberId,
                    kind,
                    Door.TEAM,
                    came,
                    PersonRequest.due(came),
                    null,
                    "",
                    said);
            stores.requests().insert(tx, fresh);
            stores.audit().add(tx, actor, "request.add", fresh.id(), kind.name());
            return fresh;
        });
    }

    /**
     * Says that one was answered.
     *
     * @param note how, naming nobody; empty to leave what stands there
     * @throws FaultException INVALID; NOT_FOUND where it is not open
     */
    public void answer(Actor actor, String id, String note) {
        actor.require(Scope.MANAGE);
        String said = said(note);
        stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            if (!stores.requests()
                    .done(tx, actor.branch(), id, stores.clock().instant(), actor.id(), said.isEmpty() ? null : said)) {
                throw FaultException.notFound("request", id);
            }
            stores.audit().add(tx, actor, "request.done", id, "");
            return true;
        });
    }

    /** What is noted outlives an erasure. */
    private static String said(String note) {
        String said = note.strip();
        if (said.length() > LONGEST || said.chars().anyMatch(Character::isISOControl)) {
            throw FaultException.invalid("/note", Message.of("signup.field.invalid", "limit", LONGEST));
        }
        if (said.contains("@")) {
            throw FaultException.invalid("/note", Message.of("signup.reason.names"));
        }
        return said;
    }

    /** @return those that are open, the most urgent first */
    public List<PersonRequest> open(Actor actor, int max) {
        actor.require(Scope.MANAGE);
        return stores.unitOfWork().read(tx -> open(tx, actor.branch(), max));
    }

    /** The same within a transaction that the caller has, for who may see it. */
    public List<PersonRequest> open(Tx tx, BranchId branch, int max) {
        return stores.requests().open(tx, branch, max);
    }

    /** @return all, the newest first */
    public List<PersonRequest> page(Actor actor, String after, int max) {
        actor.require(Scope.MANAGE);
        return stores.unitOfWork().read(tx -> stores.requests().page(tx, actor.branch(), after, max));
    }
}
