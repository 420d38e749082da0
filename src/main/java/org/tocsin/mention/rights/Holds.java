package org.tocsin.mention.rights;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.SourceRepository;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** Keeps mentions as evidence: a copy, apart, with a reason, a person and an end, whatever becomes of the mention itself. */
public final class Holds {
    /** The longest that a hold may last. */
    public static final Duration LONGEST = Duration.ofDays(3 * 366);
    /** The longest reason, in characters. */
    public static final int REASON = 1_000;
    /** The most mentions of a story that are put on hold at once. */
    static final int OF_A_STORY = 200;

    private final UnitOfWork unitOfWork;
    private final HoldRepository holds;
    private final MentionRepository mentions;
    private final SourceRepository sources;
    private final AuditTrail audit;
    private final SealedExport export;
    private final Ids ids;
    private final Clock clock;

    /** @param export signs what leaves */
    public Holds(
            UnitOfWork unitOfWork,
            HoldRepository holds,
            MentionRepository mentions,
            SourceRepository sources,
            AuditTrail audit,
            SealedExport export,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.holds = holds;
        this.mentions = mentions;
        this.sources = sources;
        this.audit = audit;
        this.export = export;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Puts a mention, or all of a story, on hold.
     *
     * @param mentionId null for a story
     * @param storyId   null for a mention
     * @param endsAt    in the future, at most three years from now
     * @return one for each mention
     * @throws FaultException INVALID; NOT_FOUND where there is nothing that has words
     */
    public List<Hold> place(
            Actor actor,
            @Nullable String mentionId,
            @Nullable String storyId,
            @Nullable String reason,
            @Nullable Instant endsAt) {
        actor.require(Scope.ADMIN);
        Instant now = clock.instant();
        if (reason == null || reason.isBlank() || reason.length() > REASON) {
            throw FaultException.invalid("/reason", Message.of("rights.hold.reason", "limit", REASON));
        }
        if (endsAt == null || !endsAt.isAfter(now) || endsAt.isAfter(now.plus(LONGEST))) {
            throw FaultException.invalid("/endsAt", Message.of("rights.hold.ends"));
        }
        if ((mentionId == null) == (storyId == null)) {
            throw FaultException.invalid("/mentionId", Message.of("rights.hold.which"));
        }
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            List<String> wanted =
                    storyId == null ? List.of(mentionId) : holds.ofStory(tx, actor.branch(), storyId, OF_A_STORY + 1);
            if (wanted.size() > OF_A_STORY) {
                throw new FaultException(
                        FaultException.Kind.INVALID,
                        Fault.at("/storyId", Message.of("rights.hold.many", "limit", OF_A_STORY)));
            }
            List<Hold> placed = new ArrayList<>();
            for (String id : wanted) {
                mentions.find(tx, actor.branch(), id)
                        .filter(one -> one.deletedAt() == null)
                        .ifPresent(one -> placed.add(put(tx, actor, one, storyId, reason.strip(), now, endsAt)));
            }
            if (placed.isEmpty()) {
                throw FaultException.notFound("heard", storyId == null ? String.valueOf(mentionId) : storyId);
            }
            return placed;
        });
    }

    private Hold put(
            Tx tx, Actor actor, Mention mention, @Nullable String storyId, String reason, Instant now, Instant endsAt) {
        Hold hold =
                new Hold(ids.next(), actor.branch(), mention.id(), storyId, reason, actor.id(), now, endsAt, null, 1);
        String evidence = Evidence.of(
                mention, sources.find(tx, mention.sourceId()).orElse(null), holds.watches(tx, mention.id()));
        holds.insert(tx, hold, evidence);
        audit.add(tx, actor, "rights.hold", hold.id(), mention.id());
        return hold;
    }

    /** @return the newest first, also those that have ended */
    public List<Hold> page(Actor actor, String after, int max) {
        actor.require(Scope.MANAGE);
        return unitOfWork.read(tx -> holds.page(tx, actor.branch(), after, max));
    }

    /** Ends a hold before its time: the copy is gone. */
    public void end(Actor actor, String id) {
        actor.require(Scope.ADMIN);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            end(tx, actor, required(tx, actor, id));
            return true;
        });
    }

    private Hold required(Tx tx, Actor actor, String id) {
        return holds.find(tx, actor.branch(), id)
                .filter(hold -> hold.endedAt() == null)
                .orElseThrow(() -> FaultException.notFound("hold", id));
    }

    private void end(Tx tx, Actor actor, Hold hold) {
        if (holds.end(tx, hold, clock.instant())) {
            audit.add(tx, actor, "rights.hold.end", hold.id(), hold.mentionId());
        }
    }

    /** Ends what is over; to be called now and then. */
    public void expire() {
        List<Hold> over = unitOfWork.read(tx -> holds.over(tx, clock.instant(), OF_A_STORY));
        if (!over.isEmpty()) {
            unitOfWork.write(Urgency.BULK, tx -> {
                over.forEach(hold -> end(tx, Actor.daemon(hold.branch()), hold));
                return true;
            });
        }
    }

    /**
     * Hands out what a hold keeps, sealed; who took it is audited.
     *
     * @return a ZIP
     * @throws FaultException NOT_FOUND where there is no such hold, or it has ended
     */
    public byte[] export(Actor actor, String id) {
        actor.require(Scope.ADMIN);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Hold hold = required(tx, actor, id);
            if (!hold.endsAt().isAfter(clock.instant())) {
                throw FaultException.notFound("hold", id);
            }
            String evidence = holds.evidence(tx, actor.branch(), id).orElseThrow();
            byte[] zip = export.of(hold, evidence, actor, clock.instant());
            audit.add(tx, actor, "rights.hold.export", id, SealedExport.sha256(zip));
            return zip;
        });
    }
}
