package org.tocsin.newsletter;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.FreezeRepository;
import org.tocsin.delivery.Notices;
import org.tocsin.newsletter.NewsletterSend.Strike;
import org.tocsin.subscriber.StuckLetters;
import org.tocsin.subscriber.SubscriberRepository;
import org.tocsin.subscriber.Suppressions;

/** The rows that sending reads and writes. */
public record NewsletterStores(
        UnitOfWork unitOfWork,
        NewsletterRepository newsletters,
        SendRepository sends,
        LineRepository lines,
        BounceRepository bounces,
        SubscriberRepository subscribers,
        Suppressions suppressions,
        FreezeRepository freezes,
        Notices notices) {
    /** @return tells the team that letters do not leave */
    StuckLetters stuck() {
        return new StuckNotices(notices);
    }

    /** Holds a newsletter until a person lets it go on, and tells the team. */
    void pause(Tx tx, Newsletter newsletter, Message why, Instant now) {
        newsletters.save(tx, newsletter.in(Newsletter.State.PAUSED, why, now));
        notices.raise(tx, newsletter.branch(), Notices.Kind.NEWSLETTER, newsletter.id(), why);
    }

    /**
     * Has those struck off of whom it was held so far: that no other letter is taken is not the reason for which theirs was refused.
     *
     * @return whether there was anybody
     */
    boolean due(Tx tx) {
        List<NewsletterSend> held = sends.struck(tx, Strike.HELD);
        held.forEach(row -> sends.strike(tx, row.id(), Strike.DUE));
        return !held.isEmpty();
    }

    /** A person has seen to it. */
    void settled(Tx tx, Newsletter newsletter) {
        notices.close(tx, newsletter.branch(), Set.of(Notices.Kind.NEWSLETTER), newsletter.id());
    }
}
