package org.tocsin.publishing;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Approval;
import org.tocsin.delivery.ApprovalRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.SegmentState;
import org.tocsin.network.Networks;
import org.tocsin.network.RemoteRef;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.publishing.RevisionPlan.Action;
import org.tocsin.publishing.RevisionPlan.Step;

/**
 * The words of deliveries that have stopped before anything of them left. Whoever corrects the post elsewhere, and lets them go on then, means the
 * corrected words.
 */
public final class UnsentWords {
    private static final Set<DeliveryState> STOPPED =
            Set.of(DeliveryState.HELD, DeliveryState.REFUSED, DeliveryState.EXHAUSTED);

    private final DeliveryRepository deliveries;
    private final ApprovalRepository approvals;
    private final Networks networks;
    private final Clock clock;

    public UnsentWords(DeliveryRepository deliveries, ApprovalRepository approvals, Networks networks, Clock clock) {
        this.deliveries = deliveries;
        this.approvals = approvals;
        this.networks = networks;
        this.clock = clock;
    }

    /** @return whether a delivery goes on only by a person's word, or when its channel works again */
    public static boolean stopped(Delivery delivery) {
        return STOPPED.contains(delivery.state());
    }

    /** @return why new words do not reach a stopped delivery, whatever they are; empty where they do */
    Optional<Message> bound(Tx tx, Delivery delivery, List<DeliverySegment> segments) {
        boolean part = segments.stream().anyMatch(segment -> segment.state() != SegmentState.PENDING);
        // Held in the midst of sending, its request goes out again as it was: the network may have it already.
        boolean left = delivery.state() == DeliveryState.HELD
                && segments.stream().anyMatch(segment -> segment.frozen() != null)
                && deliveries.attempts(tx, delivery.id()).stream().anyMatch(attempt -> attempt.left());
        return part || left || delivery.pending() != null
                ? Optional.of(Message.of("publishing.revise.begun", "channel", delivery.channelId()))
                : Optional.empty();
    }

    /** @return what becomes of a stopped delivery of which nothing has left */
    static Step step(Delivery delivery, List<DeliverySegment> segments, Composed composed) {
        boolean same = segments.size() == composed.parts().size()
                && segments.stream().allMatch(segment -> {
                    DeliverySegment.Content next =
                            composed.parts().get(segment.index()).content();
                    return segment.content().text().equals(next.text())
                            && Objects.equals(segment.content().contentWarning(), next.contentWarning());
                });
        return same
                ? Step.not(delivery, Action.NONE, Message.of("publishing.revise.unchanged"))
                : Step.later(delivery, composed);
    }

    /**
     * Gives a stopped delivery its new words, with new keys. What was agreed to stays so only where who changes it may agree.
     *
     * @return false when another has changed it meanwhile
     * @throws FaultException FORBIDDEN where the words that were agreed to are changed by who may not agree
     */
    boolean give(Tx tx, Actor actor, Step step) {
        Delivery delivery = step.delivery();
        Composed composed = Objects.requireNonNull(step.composed());
        Optional<Approval> given = approvals
                .find(tx, delivery.id())
                .filter(approval -> approval.covers(approvals.contentHash(tx, delivery.id())));
        if (given.isPresent() && !actor.scopes().contains(Scope.APPROVE)) {
            throw new FaultException(
                    Kind.FORBIDDEN,
                    Fault.at("", Message.of("publishing.revise.unapproved", "channel", delivery.channelId())));
        }
        @Nullable
        RemoteRef under =
                deliveries.segments(tx, delivery.id()).getFirst().content().replyTo();
        Composed whole = under == null ? composed : composed.answering(under);
        deliveries.replaceSegments(tx, delivery.id(), whole.segments(delivery.id(), networks.of(composed.channel())));
        given.ifPresent(approval -> approvals.save(
                tx, approval.given(approvals.contentHash(tx, delivery.id()), actor.id(), clock.instant())));
        return deliveries.save(tx, delivery.bumped(), delivery.version());
    }
}
