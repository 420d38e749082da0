package org.tocsin.subscriber;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.MailAddress;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.PersonRequest.Kind;
import org.tocsin.subscriber.Subscriber.State;

/** What the team sees of subscribers, and does for those who ask it to. Each look at a person and each deed is in the audit trail. */
public final class Team {
    private final PeopleStores stores;
    private final Leaving leaving;
    private final Choices choices;
    private final ConsentProof proof;

    public Team(PeopleStores stores, Leaving leaving, Choices choices, ConsentProof proof) {
        this.proof = proof;
        this.stores = stores;
        this.leaving = leaving;
        this.choices = choices;
    }

    /**
     * @param states empty for all
     * @param after  id where the page begins; empty for the newest
     * @return the newest first
     * @throws FaultException FORBIDDEN: who is subscribed says what he thinks, so that looking needs more than reading posts
     */
    public List<Subscriber> page(Actor actor, List<State> states, Segment segment, String after, int max) {
        actor.require(Scope.MANAGE);
        audit(actor, "subscriber.list", "", after.isEmpty() ? "" : "further");
        return stores.unitOfWork()
                .read(tx -> stores.subscribers().page(tx, actor.branch(), states, segment, after, max));
    }

    /** @return how many in each state: figures alone, for everybody who may look */
    public Map<State, Long> counts(Actor actor) {
        actor.require(Scope.READ);
        return stores.unitOfWork().read(tx -> stores.subscribers().counts(tx, actor.branch()));
    }

    /** @return how many confirmed ones a segment has */
    public long count(Actor actor, Segment segment) {
        actor.require(Scope.READ);
        return stores.unitOfWork().read(tx -> stores.subscribers().count(tx, actor.branch(), segment));
    }

    /**
     * Who some subscribers are, also those who have left, by what proves that they had agreed; that it was looked at is noted.
     *
     * @return by id an address, or {@code telegram:} and a number; without those of whom nothing is known
     */
    public Map<String, String> names(Actor actor, Set<String> ids) {
        actor.require(Scope.MANAGE);
        if (ids.isEmpty()) {
            return Map.of();
        }
        audit(actor, "subscriber.list", "", "");
        return stores.unitOfWork().read(tx -> {
            Map<String, String> names = new HashMap<>();
            for (String id : ids) {
                stores.register().of(tx, id).stream()
                        .filter(row -> row.branch().equals(actor.branch()))
                        .map(ConsentRow::consent)
                        .filter(Objects::nonNull)
                        .forEach(consent -> names.put(id, consent.who()));
            }
            return names;
        });
    }

    /**
     * Everything that is kept of one person; that it was looked at is noted.
     *
     * @throws FaultException NOT_FOUND
     */
    public PersonData data(Actor actor, String id) {
        actor.require(Scope.MANAGE);
        PersonData data =
                PersonData.of(stores, actor.branch(), id).orElseThrow(() -> FaultException.notFound("subscriber", id));
        about(actor, "subscriber.read", id, "");
        return data;
    }

    /**
     * Finds a person by an address, or by a number of Telegram; also one who has left, by what proves that he had agreed.
     *
     * @return ids, the present one first
     */
    public List<String> find(Actor actor, String typed) {
        actor.require(Scope.MANAGE);
        String who = typed.strip();
        String clear = who.matches("\\d{1,19}") ? "telegram:" + who : who;
        String key = stores.suppressions()
                .key(MailAddress.of(who).map(MailAddress::key).orElse(clear));
        Set<String> found = stores.unitOfWork().read(tx -> {
            Set<String> ids = new LinkedHashSet<>();
            stores.subscribers().byKey(tx, actor.branch(), key).ifPresent(one -> ids.add(one.id()));
            ids.addAll(stores.register().holders(tx, actor.branch(), key));
            return ids;
        });
        audit(actor, "subscriber.find", "", String.valueOf(found.size()));
        return new ArrayList<>(found);
    }

    /** Takes somebody out who asked for it. */
    public void leave(Actor actor, String id, @Nullable String why) {
        actor.require(Scope.MANAGE);
        String reason = reason(actor, id, why);
        there(leaving.leave(actor.branch(), id, Door.TEAM, proof(actor, why)), id);
        about(actor, "subscriber.leave", id, reason, Kind.OBJECTION);
    }

    /** Erases somebody who asked for it. */
    public void erase(Actor actor, String id, @Nullable String why) {
        actor.require(Scope.MANAGE);
        String reason = reason(actor, id, why);
        // Before what ties the two together is erased as well.
        String alias = stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
            there(stores.subscribers().find(tx, actor.branch(), id).isPresent(), id);
            return stores.aliases().of(tx, id);
        });
        there(leaving.erase(actor.branch(), id, Door.TEAM, proof(actor, why)), id);
        audit(actor, "subscriber.erase", alias, reason);
    }

    private static void there(boolean was, String id) {
        if (!was) {
            throw FaultException.notFound("subscriber", id);
        }
    }

    /** Restricts the use of somebody's data, or ends that. */
    public void restrict(Actor actor, String id, boolean restricted, @Nullable String why) {
        actor.require(Scope.MANAGE);
        String reason = reason(actor, id, why);
        if (restricted) {
            choices.restrict(actor.branch(), id, Door.TEAM);
        } else {
            choices.release(actor.branch(), id, Door.TEAM);
        }
        if (restricted) {
            about(actor, "subscriber.restrict", id, reason, Kind.RESTRICTION);
        } else {
            about(actor, "subscriber.release", id, reason);
        }
    }

    /**
     * Sends a mail to a new address of somebody, who confirms it there. Whatever account of Telegram he had is cut off at once.
     *
     * @throws FaultException as {@link Choices#correctFor}
     */
    public void correct(Actor actor, String id, String address) {
        actor.require(Scope.MANAGE);
        boolean cut = choices.correctFor(actor.branch(), id, address, proof(actor, null));
        about(actor, cut ? "subscriber.account" : "subscriber.correct", id, "", Kind.RECTIFICATION);
    }

    /**
     * What is said in the audit trail outlives an erasure.
     *
     * @throws FaultException INVALID where it names the person
     */
    private String reason(Actor actor, String id, @Nullable String why) {
        String said = said(why);
        Optional<Subscriber> whose =
                stores.unitOfWork().read(tx -> stores.subscribers().find(tx, actor.branch(), id));
        whose.map(Subscriber::person).ifPresent(person -> named(said, id, person));
        if (said.contains("@")) {
            throw FaultException.invalid("/reason", Message.of("signup.reason.names"));
        }
        return said;
    }

    private static void named(String said, String id, Subscriber.Person person) {
        String text = said.toLowerCase(Locale.ROOT);
        String name = person.name();
        Long telegram = person.telegramId();
        if (text.contains(id)
                || (name != null && !name.isBlank() && text.contains(name.toLowerCase(Locale.ROOT)))
                || (telegram != null && text.contains(String.valueOf(telegram)))) {
            throw FaultException.invalid("/reason", Message.of("signup.reason.names"));
        }
    }

    /**
     * Lets an address be written to again.
     *
     * @param why needed: its owner has said so
     * @throws FaultException INVALID without a reason; NOT_FOUND where it is not on the list
     */
    public void lift(Actor actor, String typed, @Nullable String why) {
        actor.require(Scope.ADMIN);
        if (why == null || why.isBlank()) {
            throw FaultException.invalid("/reason", Message.of("signup.lift.why"));
        }
        if (why.contains("@")) {
            throw FaultException.invalid("/reason", Message.of("signup.reason.names"));
        }
        String key = MailAddress.of(typed)
                .map(MailAddress::key)
                .orElseThrow(() -> FaultException.invalid("/address", Message.of("signup.address.invalid")));
        BranchId branch = actor.branch();
        boolean there = stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            boolean lifted = stores.suppressions().remove(tx, branch, key);
            if (lifted) {
                stores.audit().add(tx, actor, "subscriber.lift", "", said(why));
                LeaveLog.Line line = new LeaveLog.Line(
                        LeaveLog.What.BACK,
                        branch,
                        stores.suppressions().key(key),
                        stores.clock().instant());
                // Before the commit, or one that is cut off after it would be shut again at the next start. Where the
                // commit
                // fails, this database keeps what it says, and the person lifts it once more.
                stores.left().add(line);
            }
            return lifted;
        });
        if (!there) {
            throw FaultException.notFound("suppression", "");
        }
    }

    /** @return what the register says of itself, as {@link ConsentProof#look} reads it */
    public ConsentRegister.Verified look(Actor actor) {
        actor.require(Scope.READ);
        return proof.look(actor.branch());
    }

    /** @return what the whole register says of itself */
    public ConsentRegister.Verified verify(Actor actor) {
        actor.require(Scope.READ);
        return proof.verify(actor.branch());
    }

    private static String proof(Actor actor, @Nullable String why) {
        return Leaving.BY_TEAM
                + actor.id()
                + Optional.ofNullable(why).map(one -> " " + cut(one)).orElse("");
    }

    private static String said(@Nullable String why) {
        return why == null ? "" : cut(why);
    }

    private static String cut(String why) {
        return why.length() > 300 ? why.substring(0, 300) : why;
    }

    /** What was done has to be noted where there is no room for requests either. */
    private void audit(Actor actor, String action, String subject, String detail) {
        stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
            stores.audit().add(tx, actor, action, subject, detail);
            return true;
        });
    }

    /** Notes what was done for or with a person under a name of the audit trail's own, which an erasure cuts off from him. */
    private void about(Actor actor, String action, String id, String detail) {
        stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
            stores.audit().add(tx, actor, action, stores.aliases().of(tx, id), detail);
            return true;
        });
    }

    /** The same of what is done by right, which is noted among the requests of people. */
    private void about(Actor actor, String action, String id, String detail, Kind kind) {
        stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
            stores.audit().add(tx, actor, action, stores.aliases().of(tx, id), detail);
            PersonRequests.done(stores, tx, actor.branch(), id, kind, Door.TEAM, actor.id());
            return true;
        });
    }
}
