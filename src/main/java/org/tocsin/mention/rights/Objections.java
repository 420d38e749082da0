package org.tocsin.mention.rights;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.rights.Objection.Said;
import org.tocsin.mention.rights.Objection.State;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** Takes objections from anybody, and lets the team decide them. */
public final class Objections {
    /** The longest reason, in characters. */
    public static final int LONGEST = 2_000;
    /** From one address in an hour: a household, and not a flood. */
    static final int AN_HOUR = 3;
    /** From everywhere in a day: more than anybody answers, and too few to fill a disk. */
    static final int A_DAY = 100;

    /** Long enough to answer who asks again. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final UnitOfWork unitOfWork;
    private final ObjectionRepository objections;
    private final Erasures erasures;
    private final Notices notices;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;
    private final Cache<String, AtomicInteger> hour;

    /** @param erasures does what is accepted */
    public Objections(
            UnitOfWork unitOfWork,
            ObjectionRepository objections,
            Erasures erasures,
            Notices notices,
            AuditTrail audit,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.objections = objections;
        this.erasures = erasures;
        this.notices = notices;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        Ticker ticker = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        this.hour = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofHours(1))
                .ticker(ticker)
                .maximumSize(20_000)
                .build();
    }

    /**
     * Files what anybody has written.
     *
     * @param address from where it came; kept nowhere
     * @throws FaultException INVALID; TOO_MANY
     */
    public void file(BranchId branch, Said said, String address) {
        Subject.check(said.author(), said.network());
        cap("/network", said.network(), 100);
        cap("/reason", said.reason(), LONGEST);
        cap("/contact", said.contact(), 300);
        Instant now = clock.instant();
        if (hour.get(address, one -> new AtomicInteger()).incrementAndGet() > AN_HOUR) {
            throw flood();
        }
        Objection objection = new Objection(ids.next(), branch, said, now, State.OPEN, null, null, 1);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            if (objections.since(tx, now.minus(Duration.ofDays(1))) >= A_DAY) {
                throw flood();
            }
            objections.insert(tx, objection);
            notices.raise(tx, branch, Notices.Kind.OBJECTION, objection.id(), Message.of("rights.objection.filed"));
            return true;
        });
    }

    private static FaultException flood() {
        return new FaultException(FaultException.Kind.TOO_MANY, Fault.at("", Message.of("rights.objection.flood")));
    }

    private static void cap(String pointer, @Nullable String text, int limit) {
        if (text != null && text.length() > limit) {
            throw FaultException.invalid(pointer, Message.of("rights.objection.long", "limit", limit));
        }
    }

    /** @return the newest first */
    public List<Objection> page(Actor actor, boolean open, String after, int max) {
        actor.require(Scope.MANAGE);
        return unitOfWork.read(tx -> objections.page(tx, actor.branch(), open, after, max));
    }

    /**
     * Where somebody is heard, as the team has found out.
     *
     * @param network one of {@link Subject#NETWORKS}; empty for all; null for the one that the person named
     * @param source  the id of the source within which a name is his; null for a handle or an address
     * @param sure    whether it is meant even where nothing of his is kept: he is put on the list then
     */
    public record Where(@Nullable String network, @Nullable String source, boolean sure) {}

    /**
     * Accepts: the author is erased, and put on the list of those who object.
     *
     * @param version that was seen
     * @param where   where the person is heard
     * @throws FaultException NOT_FOUND; CONFLICT where somebody else has decided; INVALID where it is about nobody of whom anything is kept
     */
    public Erasure accept(Actor actor, String id, long version, Where where) {
        actor.require(Scope.MANAGE);
        Objection objection = unitOfWork.read(tx -> required(tx, actor, id, version));
        Said said = said(objection);
        // First what was asked for: were it cut off between the two, it is accepted once more, and nothing is erased
        // twice.
        String network = where.network() == null ? said.network() : where.network();
        Subject subject = Subject.of(said.author(), network, where.source());
        if (!where.sure() && erasures.preview(actor, subject).written() == 0) {
            throw FaultException.invalid("/network", Message.of("rights.objection.nobody", "author", subject.shown()));
        }
        Erasure erasure = erasures.ask(actor, subject, true);
        decide(actor, objection, State.ACCEPTED, said);
        return erasure;
    }

    /**
     * Declines.
     *
     * @param why what the person is told
     * @throws FaultException INVALID without a reason; NOT_FOUND; CONFLICT
     */
    public void decline(Actor actor, String id, long version, @Nullable String why) {
        actor.require(Scope.MANAGE);
        if (why == null || why.isBlank()) {
            throw FaultException.invalid("/reason", Message.of("rights.objection.why"));
        }
        cap("/reason", why, LONGEST);
        Objection objection = unitOfWork.read(tx -> required(tx, actor, id, version));
        Said said = said(objection);
        decide(
                actor,
                objection,
                State.DECLINED,
                new Said(said.author(), said.network(), said.reason(), said.contact(), why.strip()));
    }

    private static Said said(Objection objection) {
        Said said = objection.said();
        if (said == null) {
            throw FaultException.notFound("objection", objection.id());
        }
        return said;
    }

    private void decide(Actor actor, Objection before, State state, Said said) {
        unitOfWork.write(Urgency.REQUEST, tx -> {
            Objection after = new Objection(
                    before.id(),
                    before.branch(),
                    said,
                    before.createdAt(),
                    state,
                    clock.instant(),
                    actor.id(),
                    before.version());
            if (!objections.save(tx, after)) {
                throw FaultException.conflict(Message.of("rights.objection.decided"));
            }
            notices.close(tx, before.branch(), Set.of(Notices.Kind.OBJECTION), before.id());
            audit.add(
                    tx,
                    actor,
                    state == State.ACCEPTED ? "rights.objection.accept" : "rights.objection.decline",
                    before.id(),
                    "");
            return true;
        });
    }

    private Objection required(Tx tx, Actor actor, String id, long version) {
        Objection objection =
                objections.find(tx, actor.branch(), id).orElseThrow(() -> FaultException.notFound("objection", id));
        if (objection.state() != State.OPEN || objection.version() != version) {
            throw FaultException.conflict(Message.of("rights.objection.decided"));
        }
        return objection;
    }

    /** Forgets the words of what was decided a month ago. */
    public void forget() {
        unitOfWork.write(
                Urgency.BULK, tx -> objections.forget(tx, clock.instant().minus(KEPT)));
    }
}
