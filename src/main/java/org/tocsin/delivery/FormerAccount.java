package org.tocsin.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Tx;
import org.tocsin.delivery.DeliverySegment.Frozen;
import org.tocsin.network.Channel;
import org.tocsin.network.Receipt;

/** What a channel did for the account that it had before means nothing to the one that it has now. */
public final class FormerAccount {
    private FormerAccount() {}

    /** @return whether it came out on the account before: the present one is told that there is no such post */
    public static boolean published(Channel channel, Receipt receipt) {
        return since(channel).filter(receipt.publishedAt()::isBefore).isPresent();
    }

    /** @return whether the request was made for the account before */
    public static boolean asked(Channel channel, DeliverySegment segment) {
        Frozen frozen = segment.frozen();
        return frozen != null
                && since(channel).filter(frozen.firstAt()::isBefore).isPresent();
    }

    private static Optional<Instant> since(Channel channel) {
        return channel.setting(Channel.ACCOUNT_SINCE_SETTING).map(Instant::parse);
    }

    /** @return whether the beginning of the thread is out on the account before: the rest would answer somebody else's post */
    static boolean began(Channel channel, List<DeliverySegment> segments) {
        return segments.stream()
                .anyMatch(segment -> segment.receipt() != null && published(channel, segment.receipt()));
    }

    /** What has not left is made anew for the present account, and brings its pictures there. */
    public static void forget(Tx tx, DeliveryRepository deliveries, String deliveryId) {
        for (DeliverySegment segment : deliveries.segments(tx, deliveryId)) {
            if (segment.state() == SegmentState.PENDING) {
                deliveries.saveSegment(tx, segment.frozen(null).uploaded(List.of()));
            }
        }
    }
}
