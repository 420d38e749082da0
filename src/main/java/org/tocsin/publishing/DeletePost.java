package org.tocsin.publishing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryEvent;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.DeliveryTransitions;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.Removal;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.Revision;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.delivery.Revisions;
import org.tocsin.delivery.SegmentState;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;

/** Takes a post back everywhere: what has not left is cancelled, what is out gets a removal for each of its segments. */
public final class DeletePost {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final RemovalRepository removals;
    private final RevisionRepository revisions;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;
    private final Wakeup wakeup;

    /** @param wakeup of the removals */
    public DeletePost(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            RemovalRepository removals,
            RevisionRepository revisions,
            Notices notices,
            AuditTrail audit,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.channels = channels;
        this.removals = removals;
        this.revisions = revisions;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.wakeup = wakeup;
    }

    /**
     * @return the deliveries that could not be touched, for they are being sent or it is not known whether they are out; a person
     *     resolves those first and deletes again
     * @throws FaultException NOT_FOUND; FORBIDDEN where something is out on a channel that wants approval and the actor may not approve: what
     *     went out with a manager's word is taken back with one. What has not left anybody who writes may withdraw.
     */
    public List<Delivery> delete(Actor actor, String postId) {
        actor.require(Scope.POST);
        List<Delivery> left = unitOfWork.write(Urgency.REQUEST, tx -> {
            Post post =
                    posts.find(tx, actor.branch(), postId).orElseThrow(() -> FaultException.notFound("post", postId));
            unapproved(tx, actor, postId).ifPresent(channel -> {
                throw new FaultException(
                        Kind.FORBIDDEN, Fault.at("", Message.of("publishing.delete.unapproved", "channel", channel)));
            });
            Instant now = clock.instant();
            if (post.deletedAt() == null) {
                posts.save(tx, deleted(post, now), post.version());
            }
            List<Delivery> open = deliveries.ofPost(tx, postId).stream()
                    .filter(delivery -> !delete(tx, delivery, now))
                    .toList();
            notices.close(tx, actor.branch(), Set.of(Notices.Kind.DECLINED), postId);
            audit.add(tx, actor, "post.delete", postId, "left=" + open.size());
            return open;
        });
        wakeup.ring();
        return left;
    }

    /**
     * @return whether this person may take that post back, as it stands now: a button that would only be refused is not offered
     */
    public boolean allowed(Tx tx, Actor actor, String postId) {
        return actor.scopes().contains(Scope.POST)
                && unapproved(tx, actor, postId).isEmpty();
    }

    /** @return a channel on which what is out is a manager's to take back, where the actor is none */
    private Optional<String> unapproved(Tx tx, Actor actor, String postId) {
        return deliveries.ofPost(tx, postId).stream()
                .filter(delivery -> channels.find(tx, delivery.channelId())
                        .filter(channel -> ApprovePost.wanted(actor, channel))
                        .isPresent())
                .filter(delivery -> out(tx, delivery))
                .map(Delivery::channelId)
                .findFirst();
    }

    /** What may be out counts as well: nobody else decides that. */
    private boolean out(Tx tx, Delivery delivery) {
        return delivery.state() == DeliveryState.SENDING
                || delivery.state() == DeliveryState.UNKNOWN
                || deliveries.segments(tx, delivery.id()).stream()
                        .anyMatch(segment -> segment.state() == SegmentState.PUBLISHED);
    }

    private boolean delete(Tx tx, Delivery delivery, Instant now) {
        boolean out = false;
        settle(tx, delivery);
        for (DeliverySegment segment : deliveries.segments(tx, delivery.id())) {
            if (segment.state() == SegmentState.PUBLISHED) {
                removals.request(tx, Removal.of(delivery, segment, now));
                out = true;
            }
        }
        if (!out
                && delivery.pending() == null
                && DeliveryTransitions.next(delivery.state(), DeliveryEvent.CANCEL)
                        .isPresent()) {
            Delivery cancelled = delivery.on(DeliveryEvent.CANCEL, now, Message.of("publishing.deleted"));
            deliveries.save(tx, cancelled, delivery.version());
            notices.settled(tx, delivery, cancelled);
            return true;
        }
        if (out
                && delivery.state() != DeliveryState.PUBLISHED
                && DeliveryTransitions.next(delivery.state(), DeliveryEvent.HOLD)
                        .isPresent()
                && delivery.state() != DeliveryState.SENDING) {
            // The rest of a thread whose beginning is taken back does not go out.
            deliveries.save(
                    tx, delivery.on(DeliveryEvent.HOLD, now, Message.of("publishing.deleted")), delivery.version());
        }
        return delivery.state() != DeliveryState.SENDING && delivery.state() != DeliveryState.UNKNOWN;
    }

    /** What was told of it asks for nothing any more: an edit that has stopped, a sending that has failed. */
    private void settle(Tx tx, Delivery delivery) {
        for (Revision revision : Revisions.latest(revisions.of(tx, delivery.id()))) {
            if (revision.state().stopped()) {
                revisions.save(
                        tx,
                        revision.in(Revision.State.DROPPED, Message.of("delivery.revision.withdrawn"), null),
                        revision);
            }
        }
        if (delivery.state() == DeliveryState.PUBLISHED) {
            notices.close(tx, delivery.branch(), Notices.OF_REVISIONS, delivery.id());
        } else if (delivery.state() == DeliveryState.REFUSED || delivery.state() == DeliveryState.EXHAUSTED) {
            notices.close(tx, delivery.branch(), Notices.OF_DELIVERIES, delivery.id());
        }
    }

    private static Post deleted(Post post, Instant now) {
        return new Post(
                post.id(),
                post.branch(),
                post.author(),
                post.text(),
                post.language(),
                post.variants(),
                post.media(),
                post.replyTo(),
                post.campaign(),
                post.allowThread(),
                post.numbering(),
                post.localTime(),
                post.zone(),
                post.createdAt(),
                post.version() + 1,
                now,
                post.corrects(),
                post.contentWarning(),
                post.visibility());
    }
}
