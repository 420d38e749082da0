package org.tocsin.publishing;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/**
 * Keeps what the team is writing. Two people may have the same draft open: who saves over what he has not seen is told, and both texts
 * are kept, whichever he goes on with.
 */
public final class Drafts {
    /** More than anybody reads; older ones are found again when newer ones are sent or deleted. */
    private static final int LISTED = 200;

    private final UnitOfWork unitOfWork;
    private final DraftRepository drafts;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;

    public Drafts(UnitOfWork unitOfWork, DraftRepository drafts, AuditTrail audit, Ids ids, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.drafts = drafts;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What a form holds.
     *
     * @param id      of the draft, made with the form
     * @param version that the form was filled from; 0 where it is new
     * @param form    names the form, so that it does not stand in its own way
     */
    public record Asked(String id, long version, String form, KeptDraft.Content content) {}

    /** What became of it. */
    public sealed interface Saved {
        /** It is kept. */
        record Kept(KeptDraft draft) implements Saved {}

        /** Somebody else has changed it: nothing was saved. */
        record Changed(KeptDraft other) implements Saved {}

        /** It was sent or deleted: nothing was saved. */
        record Gone() implements Saved {}
    }

    /** @param sent whether the form was sent meanwhile, so that what comes late does not bring it back */
    public Saved save(Actor actor, Asked asked, Predicate<Tx> sent) {
        actor.require(Scope.POST);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            if (sent.test(tx)) {
                return new Saved.Gone();
            }
            Optional<KeptDraft> found = drafts.find(tx, actor.branch(), asked.id());
            if (found.isEmpty()) {
                return asked.version() == 0 ? begin(tx, actor, asked, asked.id()) : new Saved.Gone();
            }
            return unseen(found.get(), asked)
                    ? new Saved.Changed(found.get())
                    : new Saved.Kept(change(tx, actor, found.get(), asked));
        });
    }

    /**
     * Goes on with what the form says where somebody else has changed the draft; what he wrote is kept as a draft of its own.
     *
     * @param seen the version of the other text that was shown
     */
    public Saved over(Actor actor, Asked asked, long seen) {
        actor.require(Scope.POST);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Optional<KeptDraft> found = drafts.find(tx, actor.branch(), asked.id());
            if (found.isEmpty()) {
                return new Saved.Gone();
            }
            if (found.get().version() != seen) {
                return new Saved.Changed(found.get());
            }
            drafts.insert(tx, found.get().copy(ids.next()));
            return new Saved.Kept(change(tx, actor, found.get(), asked));
        });
    }

    /** Keeps what the form says as a draft of its own. */
    public KeptDraft beside(Actor actor, Asked asked) {
        actor.require(Scope.POST);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            KeptDraft draft = fresh(actor, asked, ids.next());
            drafts.insert(tx, draft);
            return draft;
        });
    }

    /**
     * Takes a draft away in the transaction in which it is sent.
     *
     * @throws FaultException CONFLICT where it was sent or deleted by somebody else, or says something that the form has not seen
     */
    public void send(Tx tx, Actor actor, Asked asked) {
        Optional<KeptDraft> found = drafts.find(tx, actor.branch(), asked.id());
        if (found.isEmpty()) {
            if (asked.version() > 0) {
                throw FaultException.conflict(Message.of("publishing.draft.gone"));
            }
            return;
        }
        if (unseen(found.get(), asked)) {
            throw FaultException.conflict(Message.of("publishing.draft.changed"));
        }
        drafts.remove(tx, actor.branch(), asked.id());
    }

    /** @throws FaultException NOT_FOUND; CONFLICT when it was changed meanwhile */
    public void remove(Actor actor, String id, long version) {
        actor.require(Scope.POST);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            KeptDraft found =
                    drafts.find(tx, actor.branch(), id).orElseThrow(() -> FaultException.notFound("draft", id));
            if (found.version() != version) {
                throw FaultException.conflict(Message.of("publishing.draft.changed"));
            }
            audit.add(tx, actor, "draft.remove", id, "");
            return drafts.remove(tx, actor.branch(), id);
        });
    }

    /** @return empty where there is none in this branch */
    public Optional<KeptDraft> find(Actor actor, String id) {
        actor.require(Scope.POST);
        return unitOfWork.read(tx -> drafts.find(tx, actor.branch(), id));
    }

    /** @return the last changed first */
    public List<KeptDraft> all(Actor actor) {
        actor.require(Scope.POST);
        return unitOfWork.read(tx -> drafts.newest(tx, actor.branch(), LISTED));
    }

    private static boolean unseen(KeptDraft found, Asked asked) {
        return found.version() != asked.version() && !found.form().equals(asked.form());
    }

    private Saved begin(Tx tx, Actor actor, Asked asked, String id) {
        KeptDraft draft = fresh(actor, asked, id);
        return drafts.insert(tx, draft) ? new Saved.Kept(draft) : new Saved.Gone();
    }

    private KeptDraft fresh(Actor actor, Asked asked, String id) {
        return new KeptDraft(
                id, actor.branch(), asked.content(), asked.form(), actor.user(), clock.instant(), clock.instant(), 1);
    }

    private KeptDraft change(Tx tx, Actor actor, KeptDraft found, Asked asked) {
        if (found.content().equals(asked.content())) {
            return found;
        }
        KeptDraft changed = found.with(asked.content(), asked.form(), actor.user(), clock.instant());
        drafts.save(tx, changed, found.version());
        return changed;
    }
}
