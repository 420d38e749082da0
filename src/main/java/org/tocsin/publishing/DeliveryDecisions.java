package org.tocsin.publishing;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.ApprovalRepository;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryEvent;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.FormerAccount;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.FreezeRepository;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.Removal;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.Revision;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.delivery.Revisions;
import org.tocsin.delivery.SegmentState;
import org.tocsin.delivery.Withdrawals;
import org.tocsin.network.Channel;
import org.tocsin.network.Networks;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** What people decide about a delivery. Each names the version that it was decided upon; another version is a conflict. */
public final class DeliveryDecisions {
    private static final Set<DeliveryState> STOPPED =
            EnumSet.of(DeliveryState.HELD, DeliveryState.REFUSED, DeliveryState.EXHAUSTED);

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final RemovalRepository removals;
    private final RevisionRepository revisions;
    private final FreezeRepository freezes;
    private final ApprovalRepository approvals;
    private final ChannelRepository channels;
    private final Networks networks;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Wakeup revisionBell;

    /**
     * @param wakeup       of the deliveries
     * @param revisionBell of the revisions
     */
    public DeliveryDecisions(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            RemovalRepository removals,
            RevisionRepository revisions,
            FreezeRepository freezes,
            ApprovalRepository approvals,
            ChannelRepository channels,
            Networks networks,
            Notices notices,
            AuditTrail audit,
            Clock clock,
            Wakeup wakeup,
            Wakeup revisionBell) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.removals = removals;
        this.revisions = revisions;
        this.freezes = freezes;
        this.approvals = approvals;
        this.channels = channels;
        this.networks = networks;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.wakeup = wakeup;
        this.revisionBell = revisionBell;
    }

    /**
     * Takes a delivery back before anything left, or sets aside what was refused or has taken too long, or gives up the rest of a thread that has
     * stopped with a part of it out. Why it had stopped stays known.
     */
    public Delivery cancel(Actor actor, String id, long version) {
        actor.require(Scope.POST);
        return change(actor, id, version, "delivery.cancel", "", (tx, delivery) -> {
            if (delivery.pending() != null) {
                throw FaultException.conflict(Message.of("publishing.cancel.processing"));
            }
            boolean stopped = STOPPED.contains(delivery.state());
            if (!stopped && anyPublished(tx, delivery)) {
                boolean whole = deliveries.segments(tx, delivery.id()).size() == 1;
                throw FaultException.conflict(
                        Message.of(whole ? "publishing.cancel.published" : "publishing.cancel.part"));
            }
            boolean failed = stopped && delivery.state() != DeliveryState.HELD;
            return delivery.on(DeliveryEvent.CANCEL, clock.instant(), failed ? delivery.reason() : null);
        });
    }

    /**
     * Lets a held, refused or exhausted delivery go on, at its time where that is still to come; of a published one its revisions that are held or refused.
     *
     * @param overrideFreeze why it may go out in spite of the freeze that holds it, and of no other; null where it may not
     */
    public Delivery retry(Actor actor, String id, long version, @Nullable String overrideFreeze) {
        actor.require(Scope.MANAGE);
        String detail = overrideFreeze == null ? "" : "override=" + overrideFreeze;
        return change(actor, id, version, "delivery.retry", detail, (tx, delivery) -> {
            if (deliveries.withdrawn(tx, delivery.postId())) {
                throw FaultException.conflict(Message.of("publishing.retry.deleted"));
            }
            if (delivery.state() != DeliveryState.PUBLISHED && !approvals.allows(tx, delivery.id())) {
                throw FaultException.conflict(Message.of("publishing.retry.unapproved"));
            }
            Instant now = clock.instant();
            // What a restore held before its time keeps that time: a leaflet for Friday is not handed out on Monday.
            boolean early =
                    delivery.state() == DeliveryState.HELD && delivery.dueAt().isAfter(now);
            Instant when = early ? delivery.dueAt() : now;
            List<Freeze> standing = freezes.standing(tx, delivery.branch(), now).stream()
                    .filter(freeze -> !early && freeze.covers(delivery.channelId(), now, now))
                    .toList();
            if (overrideFreeze == null && !standing.isEmpty()) {
                throw FaultException.conflict(Message.of(
                        "publishing.retry.frozen", "why", standing.getFirst().reason()));
            }
            String override = overrideFreeze == null ? null : delivery.overriding(standing, overrideFreeze);
            if (delivery.state() == DeliveryState.PUBLISHED && reviseAgain(tx, delivery, override, now)) {
                return delivery.bumped();
            }
            boolean again = delivery.state() != DeliveryState.HELD;
            for (DeliverySegment segment : deliveries.segments(tx, delivery.id())) {
                // After a refusal, or where nothing has left, the request is made anew with fresh uploads; its key
                // stays.
                if (segment.state() == SegmentState.PENDING && (again || !mayHaveLeft(tx, segment))) {
                    deliveries.saveSegment(tx, segment.frozen(null).uploaded(List.of()));
                }
            }
            Delivery free = early
                    ? delivery.on(DeliveryEvent.POSTPONE, now, null).then(NextAction.SEND, when)
                    : delivery.on(DeliveryEvent.RELEASE, now, null);
            return free.expected(when).attempted(0, null).override(override);
        });
    }

    private boolean reviseAgain(Tx tx, Delivery delivery, @Nullable String override, Instant now) {
        boolean any = false;
        for (Revision revision : Revisions.latest(revisions.of(tx, delivery.id()))) {
            if (revision.state().stopped()) {
                Revision due = revision.in(Revision.State.DUE, null, now).override(override);
                any |= revisions.save(tx, due, revision);
            }
        }
        if (any) {
            notices.close(tx, delivery.branch(), Notices.OF_REVISIONS, delivery.id());
            tx.afterCommit(revisionBell::ring);
        }
        return any;
    }

    /** What a person says of a delivery that nobody else can tell of. */
    public enum Decision {
        /** It is there. */
        PUBLISHED,
        /** It is not there: send it again. */
        RESEND
    }

    /**
     * Resolves an unknown delivery.
     *
     * @param url where it is; needed when more of a thread is to follow, null where it is not known
     */
    public Delivery resolve(Actor actor, String id, long version, Decision decision, @Nullable String url) {
        actor.require(Scope.MANAGE);
        Delivery before = unitOfWork
                .read(tx -> deliveries.find(tx, id))
                .filter(found -> found.branch().equals(actor.branch()))
                .orElseThrow(() -> FaultException.notFound("delivery", id));
        Optional<RemoteRef> there = url == null ? Optional.empty() : reference(before, url);
        String detail = decision + (url == null ? "" : " " + url);
        return change(actor, id, version, "delivery.resolve", detail, (tx, delivery) -> {
            DeliverySegment unknown = deliveries.segments(tx, id).stream()
                    .filter(segment -> segment.state() == SegmentState.UNKNOWN)
                    .findFirst()
                    .orElseThrow(() -> FaultException.conflict(Message.of("publishing.resolve.state")));
            Instant now = clock.instant();
            if (decision == Decision.RESEND) {
                DeliverySegment pending = unknown.in(SegmentState.PENDING);
                boolean former = channels.find(tx, delivery.channelId())
                        .filter(channel -> FormerAccount.asked(channel, unknown))
                        .isPresent();
                deliveries.saveSegment(tx, former ? pending.frozen(null).uploaded(List.of()) : pending);
                return delivery.on(DeliveryEvent.ABSENT, now, Message.of("publishing.resolved.resend"))
                        .expected(now)
                        .attempted(0, null);
            }
            return published(tx, delivery, unknown, there, now);
        });
    }

    private Delivery published(
            Tx tx, Delivery delivery, DeliverySegment unknown, Optional<RemoteRef> there, Instant now) {
        boolean last = unknown.index() == deliveries.segments(tx, delivery.id()).size() - 1;
        if (there.isEmpty() && !last) {
            throw FaultException.invalid("/url", Message.of("publishing.resolve.url.needed"));
        }
        if (there.isPresent()
                && deliveries.taken(tx, delivery.channelId(), there.get().remoteId(), delivery.id(), unknown.index())) {
            throw FaultException.invalid("/url", Message.of("publishing.resolve.url.taken"));
        }
        // Without an address the receipt says so: the id is ours and refers to nothing on the network.
        Receipt receipt = there.map(ref -> new Receipt(ref.remoteId(), ref.url(), now, ref.details()))
                .orElse(new Receipt(Removal.RESOLVED + delivery.id(), null, now, Map.of("resolved", "by-person")));
        DeliverySegment out = unknown.published(receipt);
        deliveries.saveSegment(tx, out);
        Withdrawals.takeBack(tx, deliveries, removals, delivery, out, now);
        DeliveryEvent event = last ? DeliveryEvent.FOUND : DeliveryEvent.FOUND_PART;
        return delivery.on(event, now, Message.of("publishing.resolved.published"))
                .expected(now)
                .attempted(0, null);
    }

    private Optional<RemoteRef> reference(Delivery delivery, String url) {
        Channel channel = unitOfWork
                .read(tx -> channels.find(tx, delivery.channelId()))
                .orElseThrow(() -> FaultException.conflict(
                        Message.of("delivery.channel.removed", "channel", delivery.channelId())));
        try {
            Optional<RemoteRef> found = networks.of(channel).own(channel, URI.create(url));
            if (found.isPresent()) {
                return found;
            }
        } catch (IllegalArgumentException e) {
            throw FaultException.invalid("/url", Message.of("publishing.reply.url", "value", url));
        }
        throw FaultException.invalid(
                "/url",
                Message.of(
                        "publishing.resolve.url.other",
                        "channel",
                        channel.name(),
                        "like",
                        networks.of(channel).ownLike(channel),
                        "value",
                        url));
    }

    private boolean mayHaveLeft(Tx tx, DeliverySegment segment) {
        return deliveries.attempts(tx, segment.deliveryId()).stream()
                .anyMatch(attempt -> attempt.segment() == segment.index() && attempt.left());
    }

    private boolean anyPublished(Tx tx, Delivery delivery) {
        return deliveries.segments(tx, delivery.id()).stream()
                .anyMatch(segment -> segment.state() == SegmentState.PUBLISHED);
    }

    private Delivery change(
            Actor actor,
            String id,
            long version,
            String action,
            String detail,
            BiFunction<Tx, Delivery, Delivery> decision) {
        Delivery changed = unitOfWork.write(Urgency.REQUEST, tx -> {
            Delivery delivery = deliveries
                    .find(tx, id)
                    .filter(found -> found.branch().equals(actor.branch()))
                    .orElseThrow(() -> FaultException.notFound("delivery", id));
            if (delivery.version() != version) {
                throw FaultException.conflict(
                        Message.of("publishing.version", "seen", version, "current", delivery.version()));
            }
            Delivery next = decision.apply(tx, delivery);
            deliveries.save(tx, next, version);
            notices.settled(tx, delivery, next);
            audit.add(tx, actor, action, id, detail);
            return next;
        });
        wakeup.ring();
        return changed;
    }
}
