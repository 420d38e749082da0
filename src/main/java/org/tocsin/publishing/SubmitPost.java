package org.tocsin.publishing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.ApprovalRepository;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.Notices;
import org.tocsin.network.Channel;
import org.tocsin.network.Networks;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.post.Post;
import org.tocsin.post.TextCleaning;

/** Accepts a plan: post, deliveries, segments, ledger and audit in one transaction. */
public final class SubmitPost {
    /** So many are accepted before it is counted again what is planned: to count thousands takes longer than all else. */
    private static final long UNCOUNTED = 100;

    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final ApprovalRepository approvals;
    private final NextSlot nextSlot;
    private final Networks networks;
    private final Notices notices;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup wakeup;
    private final int mostPlanned;
    /** For how many more, at least, of a branch there is room. */
    private final ConcurrentMap<BranchId, Integer> surelyRoom;

    /** @param mostPlanned posts of a branch that may be planned at once */
    public SubmitPost(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            ApprovalRepository approvals,
            NextSlot nextSlot,
            Networks networks,
            Notices notices,
            AuditTrail audit,
            Ids ids,
            Clock clock,
            Wakeup wakeup,
            int mostPlanned) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.channels = channels;
        this.approvals = approvals;
        this.nextSlot = nextSlot;
        this.networks = networks;
        this.notices = notices;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.wakeup = wakeup;
        this.mostPlanned = mostPlanned;
        this.surelyRoom = new ConcurrentHashMap<>();
    }

    /** What was accepted. */
    public record Accepted(Post post, List<Delivery> deliveries, List<Message> warnings) {}

    /**
     * Accepts a plan.
     *
     * @param within what belongs to the same transaction (the idempotency key of the request); may throw to undo it all
     * @return what the caller makes of it
     */
    public <R> R accept(Actor actor, PostPlan plan, Within<R> within) {
        R result = unitOfWork.write(Urgency.REQUEST, tx -> {
            within.before(tx);
            return within.after(tx, insert(tx, actor, plan));
        });
        wakeup.ring();
        return result;
    }

    /** What a caller adds to the transaction. */
    public interface Within<R> {
        /** Runs first: may throw to refuse. */
        default void before(Tx tx) {}

        /** Runs last, with what was accepted. */
        R after(Tx tx, Accepted accepted);
    }

    /** Accepts a plan and returns it. */
    public Accepted accept(Actor actor, PostPlan plan) {
        return accept(actor, plan, (Tx tx, Accepted accepted) -> accepted);
    }

    /** Accepts a plan in a transaction that does more. */
    Accepted accept(Tx tx, Actor actor, PostPlan plan) {
        tx.afterCommit(wakeup::ring);
        return insert(tx, actor, plan);
    }

    private Accepted insert(Tx tx, Actor actor, PostPlan planned) {
        Instant now = clock.instant();
        PostPlan plan = nextSlot.settled(tx, actor.branch(), planned, now);
        PostRequest request = plan.request();
        if (request.at() != null) {
            requireRoom(tx, actor);
        }
        Post post = new Post(
                ids.next(),
                actor.branch(),
                actor.user(),
                TextCleaning.clean(request.text()),
                plan.language(),
                request.variants(),
                request.media(),
                request.replyTo(),
                request.campaign(),
                request.allowThread(),
                request.numbering(),
                request.at(),
                request.at() == null ? null : plan.zone().getId(),
                now,
                1,
                null,
                plan.corrects(),
                request.contentWarning(),
                request.visibility());
        posts.insert(tx, post);
        List<Delivery> accepted = new ArrayList<>();
        for (Composed composed : plan.composed()) {
            accepted.add(insert(tx, actor, post, composed, plan.dueAt(), now));
        }
        audit.add(tx, actor, "post.submit", post.id(), "deliveries=" + accepted.size());
        return new Accepted(post, accepted, plan.warnings());
    }

    /** A program that goes wrong, or a list that was brought in twice too often, ends here and not where the disk does. */
    private void requireRoom(Tx tx, Actor actor) {
        int sure = surelyRoom.getOrDefault(actor.branch(), 0);
        if (sure > 0) {
            surelyRoom.put(actor.branch(), sure - 1);
            return;
        }
        long planned = deliveries.planned(tx, actor.branch());
        surelyRoom.put(actor.branch(), (int) Math.clamp((mostPlanned - planned) / 2, 0, UNCOUNTED));
        if (planned >= mostPlanned) {
            throw new FaultException(
                    FaultException.Kind.TOO_MANY,
                    new Fault(
                            "/at",
                            Message.of("publishing.planned.many", "limit", mostPlanned),
                            (long) mostPlanned,
                            planned + 1));
        }
    }

    private Delivery insert(Tx tx, Actor actor, Post post, Composed composed, @Nullable Instant dueAt, Instant now) {
        Channel channel = composed.channel();
        if (channels.find(tx, channel.id()).isEmpty()) {
            throw FaultException.notFound("channel", channel.id());
        }
        Instant due = dueAt == null ? now : dueAt;
        Delivery written = new Delivery(
                ids.next(),
                post.id(),
                post.branch(),
                channel.id(),
                channel.network(),
                deliveries.nextSequence(tx),
                dueAt == null ? DeliveryState.DUE : DeliveryState.SCHEDULED,
                now,
                null,
                NextAction.SEND,
                dueAt,
                1,
                due,
                due,
                0,
                null,
                null,
                null);
        Delivery delivery = ApprovePost.ask(tx, approvals, notices, actor, channel, written);
        deliveries.insert(tx, delivery, composed.segments(delivery.id(), networks.of(channel)));
        return delivery;
    }
}
