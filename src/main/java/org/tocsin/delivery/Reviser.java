package org.tocsin.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.network.Channel;
import org.tocsin.network.EditResult;
import org.tocsin.network.Editing;
import org.tocsin.network.Networks;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;

/**
 * Gives published segments other words. A revision is repeated, with the request that was made when it was accepted, until it is done or
 * refused; of each channel one is asked for at a time, and none while its account is held or throttled. To edit is to publish: what falls
 * due in a freeze is held. A removal of the same post goes before it.
 */
public final class Reviser implements DueQueue<Revision> {
    /** So many attempts in vain take some hours; then a person is told, once, and it is tried on. */
    private static final int LONG = 10;

    private static final Logger log = LoggerFactory.getLogger(Reviser.class);

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final RevisionRepository revisions;
    private final AccountRepository accounts;
    private final ChannelRepository channels;
    private final Networks networks;
    private final Gate gate;
    private final Notices notices;
    private final RetryPolicy retry;
    private final ClockWatch clockWatch;
    private final Clock clock;
    private final Wakeup wakeup;
    private final CrashPoints crashPoints;
    private final Set<String> busy;

    public Reviser(
            DeliveryStores stores,
            Networks networks,
            Gate gate,
            RetryPolicy retry,
            ClockWatch clockWatch,
            Clock clock,
            Wakeup wakeup,
            CrashPoints crashPoints) {
        this.unitOfWork = stores.unitOfWork();
        this.deliveries = stores.deliveries();
        this.revisions = stores.revisions();
        this.accounts = stores.accounts();
        this.channels = stores.channels();
        this.networks = networks;
        this.gate = gate;
        this.notices = stores.notices();
        this.retry = retry;
        this.clockWatch = clockWatch;
        this.clock = clock;
        this.wakeup = wakeup;
        this.crashPoints = crashPoints;
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<Revision> claim(int max) {
        // By a wrong clock an edit would pass a freeze.
        if (!clockWatch.steady()) {
            return List.of();
        }
        return unitOfWork.read(tx -> revisions.due(tx, clock.instant(), max)).stream()
                .filter(revision -> busy.add(revision.channelId()))
                .toList();
    }

    @Override
    public void release(Revision revision) {
        busy.remove(revision.channelId());
    }

    @Override
    public Object key(Revision revision) {
        return revision.deliveryId() + "#" + revision.segment() + "#" + revision.number();
    }

    @Override
    public Optional<Instant> nextAt() {
        return unitOfWork.read(revisions::nextAt);
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** An attempt that has begun. */
    private record Begun(
            Revision revision, Channel channel, Editing editing, Receipt receipt, DeliveryAttempt attempt) {}

    /** Asks the network once. */
    public void revise(Revision claimed) {
        Optional<Begun> begun = unitOfWork.write(Urgency.DELIVERY, tx -> begin(tx, claimed));
        if (begun.isEmpty()) {
            return;
        }
        crashPoints.pass("revision.after-commit");
        EditResult result = edit(begun.get());
        crashPoints.pass("revision.before-record");
        unitOfWork.write(Urgency.DELIVERY, tx -> record(tx, begun.get(), result));
    }

    private Optional<Begun> begin(Tx tx, Revision claimed) {
        Instant now = clock.instant();
        Optional<Channel> channel = channels.find(tx, claimed.channelId());
        // It was claimed from a look at the rows: it may have been done since.
        boolean current = revisions.of(tx, claimed.deliveryId()).stream().anyMatch(claimed::equals);
        if (!current) {
            return Optional.empty();
        }
        Delivery delivery = deliveries.find(tx, claimed.deliveryId()).orElseThrow();
        DeliverySegment segment = deliveries.segments(tx, claimed.deliveryId()).get(claimed.segment());
        if (deliveries.withdrawn(tx, delivery.postId()) || segment.state() != SegmentState.PUBLISHED) {
            Message why = Message.of("delivery.revision.withdrawn");
            revisions.save(tx, claimed.in(Revision.State.DROPPED, why, null), claimed);
            settled(tx, claimed);
            return Optional.empty();
        }
        Optional<Instant> closed = accounts.find(tx, claimed.channelId()).closedUntil(now);
        if (closed.isPresent()) {
            revisions.postpone(tx, claimed.channelId(), closed.get());
            return Optional.empty();
        }
        Optional<Message> forbidden = gate.forbidden(tx, delivery.override(claimed.freezeOverride()), now);
        if (forbidden.isPresent()) {
            revisions.save(tx, claimed.in(Revision.State.HELD, forbidden.get(), null), claimed);
            notices.raise(tx, claimed.branch(), Notices.Kind.HELD, claimed.deliveryId(), forbidden.get());
            return Optional.empty();
        }
        Optional<Editing> editing = channel.flatMap(one -> networks.of(one).editing(one));
        Optional<Message> never = Revisions.impossible(channel, editing.isPresent(), segment);
        if (never.isPresent()) {
            refuse(tx, claimed, claimed, never.get());
            return Optional.empty();
        }
        Revision begun = claimed.begun();
        revisions.save(tx, begun, claimed);
        int number = deliveries.attempts(tx, claimed.deliveryId()).size() + 1;
        DeliveryAttempt attempt = new DeliveryAttempt(
                claimed.deliveryId(),
                number,
                claimed.channelId(),
                claimed.segment(),
                now,
                null,
                "editing",
                false,
                null,
                null,
                "");
        deliveries.startAttempt(tx, attempt);
        return Optional.of(new Begun(
                begun,
                channel.orElseThrow(),
                editing.orElseThrow(),
                Objects.requireNonNull(segment.receipt()),
                attempt));
    }

    private static EditResult edit(Begun begun) {
        try {
            return begun.editing()
                    .edit(
                            begun.channel(),
                            begun.receipt(),
                            begun.revision().wording().body());
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("an adapter failed while editing");
            return new EditResult.Later(Reason.of("delivery.internal"));
        }
    }

    private Revision record(Tx tx, Begun begun, EditResult result) {
        Instant now = clock.instant();
        Revision revision = begun.revision();
        deliveries.endAttempt(tx, begun.attempt().ended(now, name(result), reason(result)));
        switch (result) {
            case EditResult.Edited(Receipt receipt) -> {
                if (revisions.save(tx, revision.in(Revision.State.DONE, null, null), revision)) {
                    reword(tx, revision, receipt);
                    settled(tx, revision);
                }
            }
            case EditResult.Gone ignored
            when withdrawn(tx, revision) -> {
                Message why = Message.of("delivery.revision.withdrawn");
                revisions.save(tx, revision.in(Revision.State.DROPPED, why, null), revision);
                settled(tx, revision);
            }
            case EditResult.Gone ignored ->
                refuse(tx, revision, revision, Message.of("delivery.revision.gone", "channel", revision.channelId()));
            case EditResult.Later(Reason reason, Instant until) -> later(tx, revision, reason, until, now);
            case EditResult.Unauthorized(Reason reason) -> unauthorized(tx, revision, reason, now);
            case EditResult.Refused(Reason reason) -> refuse(tx, revision, revision, reason.message());
        }
        return revision;
    }

    /** It is gone because a person has taken it back meanwhile. */
    private boolean withdrawn(Tx tx, Revision revision) {
        return deliveries
                .find(tx, revision.deliveryId())
                .filter(delivery -> deliveries.withdrawn(tx, delivery.postId()))
                .isPresent();
    }

    private void reword(Tx tx, Revision revision, Receipt receipt) {
        Revision.Wording wording = revision.wording();
        DeliverySegment segment = deliveries.segments(tx, revision.deliveryId()).get(revision.segment());
        deliveries.reword(
                tx,
                segment.saying(wording.content(), wording.text(), Dispatcher.textHash(wording.text()))
                        .published(receipt));
        Delivery delivery = deliveries.find(tx, revision.deliveryId()).orElseThrow();
        deliveries.save(tx, delivery.bumped(), delivery.version());
    }

    /** What was told of the edits of a delivery ends with the last that is stopped. */
    private void settled(Tx tx, Revision revision) {
        boolean stopped = Revisions.latest(revisions.of(tx, revision.deliveryId())).stream()
                .anyMatch(latest -> latest.state().stopped());
        if (!stopped) {
            notices.close(tx, revision.branch(), Notices.OF_REVISIONS, revision.deliveryId());
        }
    }

    private void refuse(Tx tx, Revision revision, Revision seen, Message why) {
        if (revisions.save(tx, revision.in(Revision.State.REFUSED, why, null), seen)) {
            notices.raise(tx, revision.branch(), Notices.Kind.REVISION_REFUSED, revision.deliveryId(), why);
        }
    }

    private void later(Tx tx, Revision revision, Reason reason, @Nullable Instant until, Instant now) {
        boolean named = until != null && until.isAfter(now);
        Instant next = named ? until : now.plus(retry.backOff(revision.attempts()));
        boolean stands = revisions.save(tx, revision.in(Revision.State.DUE, reason.message(), next), revision);
        if (stands && revision.attempts() == LONG) {
            notices.raise(
                    tx,
                    revision.branch(),
                    Notices.Kind.REVISION_REFUSED,
                    revision.deliveryId(),
                    Message.of("delivery.revision.long", "channel", revision.channelId()));
        }
        if (named) {
            revisions.postpone(tx, revision.channelId(), until);
        }
    }

    /** It waits with the deliveries of its channel until that works again. */
    private void unauthorized(Tx tx, Revision revision, Reason reason, Instant now) {
        if (accounts.find(tx, revision.channelId()).heldReason() == null) {
            accounts.hold(tx, revision.channelId(), Account.Finder.PUBLISHING, reason.message(), now);
            channels.unauthorized(tx, revision.channelId(), reason);
            notices.raise(tx, revision.branch(), Notices.Kind.CHANNEL_HELD, revision.channelId(), reason.message());
        }
        Instant later = accounts.find(tx, revision.channelId()).closedUntil(now).orElse(now);
        revisions.save(tx, revision.in(Revision.State.DUE, reason.message(), later), revision);
    }

    private static @Nullable Reason reason(EditResult result) {
        return switch (result) {
            case EditResult.Edited ignored -> null;
            case EditResult.Gone ignored -> null;
            case EditResult.Later later -> later.reason();
            case EditResult.Unauthorized(Reason reason) -> reason;
            case EditResult.Refused(Reason reason) -> reason;
        };
    }

    private static String name(EditResult result) {
        return switch (result) {
            case EditResult.Edited ignored -> "edited";
            case EditResult.Gone ignored -> "edit-gone";
            case EditResult.Later ignored -> "edit-later";
            case EditResult.Unauthorized ignored -> "edit-unauthorized";
            case EditResult.Refused ignored -> "edit-refused";
        };
    }
}
