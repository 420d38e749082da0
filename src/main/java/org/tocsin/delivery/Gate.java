package org.tocsin.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** Says whether a delivery may go on now, or has to stop or to wait: channel held, post taken back, frozen, late, throttled. */
public final class Gate {
    private static final String WITHDRAWN = "delivery.withdrawn";

    /** How long one segment of a thread may take, for the question whether the thread would cross the border of a freeze. */
    public static final Duration SEGMENT = Duration.ofSeconds(60);

    private final DeliveryRepository deliveries;
    private final AccountRepository accounts;
    private final FreezeRepository freezes;
    private final ApprovalRepository approvals;
    private final Notices notices;
    private final DeliverySettings settings;

    public Gate(
            DeliveryRepository deliveries,
            AccountRepository accounts,
            FreezeRepository freezes,
            ApprovalRepository approvals,
            Notices notices,
            DeliverySettings settings) {
        this.deliveries = deliveries;
        this.accounts = accounts;
        this.freezes = freezes;
        this.approvals = approvals;
        this.notices = notices;
        this.settings = settings;
    }

    /** @return why it has to be held now; empty when it may be prepared */
    Optional<Message> refusal(Tx tx, Delivery delivery, Account account, Instant now) {
        if (account.heldReason() != null) {
            return Optional.of(Message.of("delivery.held.channel", "channel", delivery.channelId()));
        }
        Optional<Message> forbidden = forbidden(tx, delivery, now);
        return forbidden.isPresent() ? forbidden : late(delivery, account, now);
    }

    /**
     * Lateness counts from the planned time, whatever the delivery or those before it waited for; a network that could not be reached
     * for a day does not make yesterday's invitation timely. Only a closed account moves it, for those that were in time when it closed.
     */
    private Optional<Message> late(Delivery delivery, Account account, Instant now) {
        Instant expected = delivery.expectedAt();
        Instant closed = account.throttledSince();
        Instant free = account.throttledUntil();
        if (closed != null
                && free != null
                && free.isAfter(expected)
                && !closed.isAfter(expected.plus(settings.grace()))) {
            expected = free;
        }
        if (now.isAfter(expected.plus(settings.grace()))) {
            long minutes = Duration.between(expected, now).toMinutes();
            return Optional.of(Message.of(
                    "delivery.held.late",
                    "due",
                    delivery.dueAt(),
                    "minutes",
                    minutes,
                    "grace",
                    settings.grace().toMinutes()));
        }
        return Optional.empty();
    }

    /**
     * Whether an earlier request may be sent again under its key; what keeps it from that keeps a first sending, too.
     *
     * @return why not
     */
    Optional<Message> repeatForbidden(Tx tx, Delivery delivery, Instant now) {
        Optional<Message> forbidden = forbidden(tx, delivery, now);
        return forbidden.isPresent() ? forbidden : late(delivery, accounts.find(tx, delivery.channelId()), now);
    }

    /** The account is closed until then, by its network or by our own rates. */
    void throttle(Tx tx, String channelId, Instant until, Instant now) {
        Account account = accounts.find(tx, channelId);
        Instant before = account.throttledUntil();
        // One wait that follows another is the same wait to those in the line.
        boolean same = before != null && !now.isAfter(before.plus(settings.grace()));
        accounts.throttle(
                tx, channelId, same && account.throttledSince() != null ? account.throttledSince() : now, until);
    }

    /** @return the delivery, which has to wait until then through no fault of its own: where it was in time, it stays so */
    Delivery excused(Delivery delivery, Instant until, Instant now) {
        boolean inTime = !now.isAfter(delivery.expectedAt().plus(settings.grace()));
        return inTime && until.isAfter(delivery.expectedAt()) ? delivery.expected(until) : delivery;
    }

    /**
     * @return that the post was taken back (a delivery that could not be stopped then must not begin again by itself), or that nobody has
     *     agreed to what would be sent, or the freeze in which the delivery falls, or whose border a thread that starts now could cross
     */
    Optional<Message> forbidden(Tx tx, Delivery delivery, Instant now) {
        if (deliveries.withdrawn(tx, delivery.postId())) {
            return Optional.of(Message.of(WITHDRAWN));
        }
        // Who may change what is out was asked when the edit was accepted; its words are no longer those that were
        // agreed to.
        if (delivery.state() != DeliveryState.PUBLISHED && !approvals.allows(tx, delivery.id())) {
            return Optional.of(Message.of("delivery.held.unapproved"));
        }
        for (Freeze freeze : freezes.standing(tx, delivery.branch(), now)) {
            if (delivery.overrides(freeze)) {
                continue;
            }
            if (freeze.covers(delivery.channelId(), now, now)) {
                return Optional.of(Message.of("delivery.held.frozen", "freeze", freeze.id(), "why", freeze.reason()));
            }
            if (freeze.covers(delivery.channelId(), now, last(now, deliveries.segments(tx, delivery.id())))) {
                return Optional.of(Message.of("delivery.held.crossing", "freeze", freeze.id(), "from", freeze.from()));
            }
        }
        return Optional.empty();
    }

    /** @return when the last of the segments that are not out yet may still begin to go out, if the next begins then */
    public static Instant last(Instant start, List<DeliverySegment> segments) {
        long open = segments.stream().filter(segment -> segment.state().open()).count();
        return start.plus(SEGMENT.multipliedBy(Math.max(1, open) - 1));
    }

    /** Holds it, and tells; what was taken back before anything of it was out is cancelled, as the person wanted. */
    Delivery hold(Tx tx, Delivery delivery, Message reason, Instant now) {
        boolean out = deliveries.segments(tx, delivery.id()).stream()
                .anyMatch(
                        segment -> segment.state() != SegmentState.PENDING && segment.state() != SegmentState.DELETED);
        if (!out && WITHDRAWN.equals(reason.code())) {
            Delivery cancelled = delivery.on(DeliveryEvent.CANCEL, now, reason);
            deliveries.save(tx, cancelled, delivery.version());
            return cancelled;
        }
        Delivery held = delivery.on(DeliveryEvent.HOLD, now, reason);
        if ("delivery.held.channel".equals(reason.code())) {
            held = held.heldForItsChannel();
        }
        deliveries.save(tx, held, delivery.version());
        boolean late = "delivery.held.late".equals(reason.code());
        notices.raise(tx, delivery.branch(), late ? Notices.Kind.LATE : Notices.Kind.HELD, delivery.id(), reason);
        return held;
    }
}
