package org.tocsin.newsletter;

import java.time.Instant;
import org.tocsin.base.Tx;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.SubscriberRepository;
import org.tocsin.subscriber.Suppressions;

/** Strikes off whom letters cannot or must not reach any more. */
public final class Departures {
    private final SubscriberRepository subscribers;
    private final Suppressions suppressions;

    public Departures(SubscriberRepository subscribers, Suppressions suppressions) {
        this.subscribers = subscribers;
        this.suppressions = suppressions;
    }

    /** Writes to him no more. */
    public void strike(Tx tx, Subscriber subscriber, Suppressions.Reason why, Instant now) {
        String address = subscriber.person().address();
        if (subscriber.reach() == Subscriber.Reach.MAIL && address != null) {
            String key = MailAddress.of(address).map(MailAddress::key).orElse(address);
            suppressions.add(tx, subscriber.branch(), key, why, now);
        }
        if (subscriber.state() == Subscriber.State.CONFIRMED) {
            subscribers.save(
                    tx,
                    new Subscriber(
                            subscriber.id(),
                            subscriber.branch(),
                            Subscriber.State.UNREACHABLE,
                            subscriber.reach(),
                            subscriber.language(),
                            subscriber.person(),
                            subscriber.topics(),
                            subscriber.link(),
                            subscriber.createdAt(),
                            subscriber.confirmedAt(),
                            now,
                            subscriber.seenAt(),
                            subscriber.askedAt(),
                            subscriber.version() + 1));
        }
    }
}
