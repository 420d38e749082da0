package org.tocsin.newsletter;

import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.Reach;

/** Whether a letter may go to somebody, asked in the transaction that says it is about to go. */
final class Recipients {
    private final NewsletterStores stores;

    Recipients(NewsletterStores stores) {
        this.stores = stores;
    }

    /** @param refusal why nothing is sent to him; null where a letter may go */
    record Checked(
            @Nullable Subscriber subscriber, @Nullable Message refusal) {}

    Checked check(Tx tx, Newsletter newsletter, NewsletterSend row) {
        Optional<Subscriber> found = stores.subscribers().find(tx, newsletter.branch(), row.subscriberId());
        return found.isEmpty()
                ? new Checked(null, Message.of("newsletter.skipped.gone"))
                : new Checked(found.get(), refusal(tx, newsletter, row, found.get()));
    }

    private @Nullable Message refusal(Tx tx, Newsletter newsletter, NewsletterSend row, Subscriber subscriber) {
        if (subscriber.state() != Subscriber.State.CONFIRMED || subscriber.confirmedAt() == null) {
            return Message.of("newsletter.skipped.state", "state", subscriber.state());
        }
        if (subscriber.reach() != row.reach() || !fits(newsletter.segment(), subscriber)) {
            return Message.of("newsletter.skipped.segment");
        }
        if (row.reach() == Reach.TELEGRAM) {
            return subscriber.person().telegramId() == null ? Message.of("newsletter.skipped.gone") : null;
        }
        Optional<MailAddress> address =
                Optional.ofNullable(subscriber.person().address()).flatMap(MailAddress::of);
        if (address.isEmpty()) {
            return Message.of("newsletter.skipped.gone");
        }
        return stores.suppressions()
                .find(tx, newsletter.branch(), address.get().key())
                .map(entry -> Message.of("newsletter.skipped.suppressed", "reason", entry.reason()))
                .orElse(null);
    }

    private static boolean fits(Segment segment, Subscriber subscriber) {
        return (segment.topics().isEmpty()
                        || subscriber.topics().isEmpty()
                        || !Collections.disjoint(segment.topics(), subscriber.topics()))
                && (segment.languages().isEmpty() || segment.languages().contains(subscriber.language()))
                && (segment.links().isEmpty()
                        || (subscriber.link() != null && segment.links().contains(subscriber.link())))
                && (segment.reaches().isEmpty() || segment.reaches().contains(subscriber.reach()));
    }
}
