package org.tocsin.publishing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.Revision;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.delivery.Revisions;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.post.Post;
import org.tocsin.publishing.RevisionPlan.Action;
import org.tocsin.publishing.RevisionPlan.Step;

/** Accepts how a post that is out is corrected: its new text, the revisions, the erratum and the audit row in one transaction. */
public final class RevisePost {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final RevisionRepository revisions;
    private final PlanRevision planner;
    private final UnsentWords unsent;
    private final SubmitPost submit;
    private final AuditTrail audit;
    private final Duration quiet;
    private final Clock clock;
    private final Wakeup wakeup;

    /**
     * @param quiet  for how long a request may still be on the way
     * @param wakeup of the revisions
     */
    public RevisePost(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            RevisionRepository revisions,
            PlanRevision planner,
            UnsentWords unsent,
            SubmitPost submit,
            AuditTrail audit,
            Duration quiet,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.revisions = revisions;
        this.planner = planner;
        this.unsent = unsent;
        this.submit = submit;
        this.audit = audit;
        this.quiet = quiet;
        this.clock = clock;
        this.wakeup = wakeup;
    }

    /**
     * What was accepted.
     *
     * @param post    as it is now
     * @param erratum null where everything is edited
     */
    public record Accepted(
            Post post, List<Delivery> deliveries, RevisionPlan plan, SubmitPost.@Nullable Accepted erratum) {}

    /** What a caller adds to the transaction; may throw to undo it all. */
    public interface Within<R> {
        /** Runs first: may throw to refuse. */
        default void before(Tx tx) {}

        /** Runs last, with what was accepted. */
        R after(Tx tx, Accepted accepted);
    }

    /** Says what would happen, as {@link PlanRevision#plan}. */
    public RevisionPlan plan(Actor actor, String postId, PlanRevision.Asked asked) {
        RevisionPlan plan = planner.plan(actor, postId, asked);
        unitOfWork.read(tx -> decided(tx, postId));
        unapproved(actor, plan);
        return plan;
    }

    /** Says what would happen while it is written, as {@link PlanRevision#look}: a fault is what accepting it would refuse. */
    public RevisionPlan look(Actor actor, String postId, PlanRevision.Asked asked, Set<String> channels) {
        RevisionPlan plan = planner.look(actor, postId, asked, channels);
        unitOfWork.read(tx -> decided(tx, postId));
        unapproved(actor, plan);
        return plan;
    }

    /**
     * Accepts a plan.
     *
     * @param within what belongs to the same transaction
     * @throws FaultException CONFLICT when the post, or a delivery of it, was changed since it was planned
     */
    public <R> R accept(Actor actor, RevisionPlan plan, Within<R> within) {
        R result = unitOfWork.write(Urgency.REQUEST, tx -> {
            within.before(tx);
            return within.after(tx, accept(tx, actor, plan));
        });
        wakeup.ring();
        return result;
    }

    private Accepted accept(Tx tx, Actor actor, RevisionPlan plan) {
        unapproved(actor, plan);
        decided(tx, plan.before().id());
        Post before = planner.open(tx, actor, plan.before().id(), plan.before().version());
        Instant now = clock.instant();
        boolean unchanged = plan.steps().stream()
                .allMatch(step -> deliveries
                        .find(tx, step.delivery().id())
                        .filter(found -> found.version() == step.delivery().version())
                        .isPresent());
        List<Step> edits = plan.of(Action.EDIT);
        List<Step> later = plan.of(Action.LATER);
        boolean reworded = !edits.isEmpty() || !later.isEmpty();
        Post after = reworded ? reworded(before, plan) : before;
        if (!unchanged || (reworded && !posts.save(tx, after, before.version()))) {
            throw FaultException.conflict(Message.of("publishing.revise.faster"));
        }
        for (Step step : edits) {
            for (Map.Entry<Integer, Revision.Wording> one : step.wordings().entrySet()) {
                Revisions.request(tx, revisions, step.delivery(), one.getKey(), one.getValue(), quiet, now);
            }
        }
        for (Step step : later) {
            if (!unsent.give(tx, actor, step)) {
                throw FaultException.conflict(Message.of("publishing.revise.faster"));
            }
        }
        SubmitPost.Accepted erratum = plan.erratum() == null ? null : submit.accept(tx, actor, plan.erratum());
        audit.add(
                tx,
                actor,
                "post.revise",
                before.id(),
                "edits=" + (edits.size() + later.size()) + " errata="
                        + (erratum == null
                                ? "0"
                                : erratum.deliveries().size() + " "
                                        + erratum.post().id())
                        + " version=" + after.version());
        return new Accepted(after, deliveries.ofPost(tx, before.id()), plan, erratum);
    }

    /** What waits for approval would say the old words under a post that says the new ones: it is decided on first. */
    private boolean decided(Tx tx, String postId) {
        for (Delivery delivery : deliveries.ofPost(tx, postId)) {
            if (delivery.state() == DeliveryState.SCHEDULED && delivery.nextAction() == NextAction.PERSON) {
                throw FaultException.conflict(
                        Message.of("publishing.revise.awaiting", "channel", delivery.channelId()));
            }
        }
        return true;
    }

    /** What is out cannot wait for approval: where a channel wants it, only who may approve changes it. */
    private static void unapproved(Actor actor, RevisionPlan plan) {
        Stream.concat(plan.of(Action.EDIT).stream(), plan.of(Action.LATER).stream())
                .flatMap(step -> Stream.ofNullable(step.composed()))
                .map(Composed::channel)
                .filter(channel -> ApprovePost.wanted(actor, channel))
                .findFirst()
                .ifPresent(channel -> {
                    throw new FaultException(
                            Kind.FORBIDDEN,
                            Fault.at("", Message.of("publishing.revise.unapproved", "channel", channel.id())));
                });
    }

    private static Post reworded(Post before, RevisionPlan plan) {
        return new Post(
                before.id(),
                before.branch(),
                before.author(),
                plan.text(),
                before.language(),
                plan.variants(),
                before.media(),
                before.replyTo(),
                before.campaign(),
                before.allowThread(),
                before.numbering(),
                before.localTime(),
                before.zone(),
                before.createdAt(),
                before.version() + 1,
                before.deletedAt(),
                before.corrects(),
                plan.warning(),
                before.visibility());
    }
}
