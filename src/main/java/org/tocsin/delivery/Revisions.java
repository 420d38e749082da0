package org.tocsin.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.network.Channel;
import org.tocsin.network.Receipt;

/** How revisions follow each other, and when there can be none. */
public final class Revisions {
    private Revisions() {}

    /**
     * Adds a revision, in the place of those of the segment that are not over. Where one of them has been sent, its request may still be
     * on the way: the new one waits for the quiet time, so that the older words do not come out last.
     * Where one that was not sent waits for that already, the new one waits as long.
     */
    public static void request(
            Tx tx,
            RevisionRepository revisions,
            Delivery delivery,
            int segment,
            Revision.Wording wording,
            Duration quiet,
            Instant now) {
        int number = 1;
        Instant at = now;
        for (Revision earlier : revisions.of(tx, delivery.id())) {
            if (earlier.segment() != segment) {
                continue;
            }
            number = earlier.number() + 1;
            if (earlier.state() == Revision.State.DUE || earlier.state() == Revision.State.HELD) {
                Message why = Message.of("delivery.revision.later", "number", number);
                revisions.save(tx, earlier.in(Revision.State.DROPPED, why, null), earlier);
                Instant free = earlier.attempts() > 0 ? now.plus(quiet) : earlier.nextAt();
                at = free != null && free.isAfter(at) ? free : at;
            }
        }
        revisions.insert(tx, Revision.of(delivery, segment, number, wording, at, now));
    }

    /** @return of each segment the revision that counts now, by segment */
    public static List<Revision> latest(List<Revision> all) {
        Map<Integer, Revision> latest = new LinkedHashMap<>();
        all.forEach(revision -> latest.put(revision.segment(), revision));
        return List.copyOf(latest.values());
    }

    /**
     * @param channel empty where it was removed
     * @param edits   whether its network can edit
     * @return why what is published there cannot be edited; empty when it can
     */
    public static Optional<Message> impossible(Optional<Channel> channel, boolean edits, DeliverySegment segment) {
        Receipt receipt = segment.receipt();
        if (channel.isEmpty() || receipt == null) {
            return Optional.of(Message.of("delivery.revision.removed"));
        }
        String id = channel.get().id();
        if (!edits) {
            return Optional.of(Message.of(
                    "delivery.revision.none", "channel", channel.get().id()));
        }
        if (receipt.remoteId().startsWith(Removal.RESOLVED)) {
            return Optional.of(Message.of("delivery.revision.resolved", "channel", id));
        }
        return FormerAccount.published(channel.get(), receipt)
                ? Optional.of(Message.of("delivery.revision.other-account", "channel", id))
                : Optional.empty();
    }
}
