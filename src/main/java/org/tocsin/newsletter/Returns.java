package org.tocsin.newsletter;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.letter.LetterIds;
import org.tocsin.letter.ReturnBox;
import org.tocsin.letter.Returned;

/**
 * Acts on letters that came back. Only a letter of ours is believed: its id carries a keyed hash, so that nobody strikes another off by a
 * made-up report. A mailbox that will never take letters, and a reader who complained, are written to no more.
 */
public final class Returns {
    private static final Logger log = LoggerFactory.getLogger(Returns.class);

    private final UnitOfWork unitOfWork;
    private final SendRepository sends;
    private final NewsletterRepository newsletters;
    private final BounceRepository bounces;
    private final LetterIds ids;
    private final ReturnBox box;
    private final Departures bounced;
    private final Departures complained;
    private final SignUpReturns signUps;
    private final Notices notices;
    private final Clock clock;

    public Returns(
            UnitOfWork unitOfWork,
            SendRepository sends,
            NewsletterRepository newsletters,
            BounceRepository bounces,
            LetterIds ids,
            ReturnBox box,
            Departures bounced,
            Departures complained,
            SignUpReturns signUps,
            Notices notices,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.sends = sends;
        this.newsletters = newsletters;
        this.bounces = bounces;
        this.ids = ids;
        this.box = box;
        this.bounced = bounced;
        this.complained = complained;
        this.signUps = signUps;
        this.notices = notices;
        this.clock = clock;
    }

    /** Reads what has come back since the last time. */
    public void read() {
        box.read(this::take);
    }

    private void take(Returned returned) {
        if (signUps.take(returned)) {
            return;
        }
        Optional<NewsletterSend> row =
                ids.row(returned.letterId()).flatMap(id -> unitOfWork.read(tx -> sends.find(tx, id)));
        if (row.isEmpty()) {
            log.atInfo().addKeyValue("kind", returned.kind()).log("something came back that names no letter of ours");
            return;
        }
        String proof = "letter:" + row.get().id() + " " + returned.status();
        BranchId branch = branch(row.get());
        Instant written = row.get().written();
        // Of an address that he has given up it is only noted: who reads there now, or nobody, is not he.
        boolean struck = (returned.kind() == Returned.Kind.BOUNCED || returned.kind() == Returned.Kind.COMPLAINED)
                && !bounced.moved(branch, row.get().subscriberId(), written);
        note(branch, row.get(), returned, struck);
        switch (returned.kind()) {
            case BOUNCED -> bounced.bounced(branch, row.get().subscriberId(), written, proof);
            case COMPLAINED -> complained.bounced(branch, row.get().subscriberId(), written, proof);
            case REFUSED -> told(branch, row.get(), returned.status());
            case DELAYED -> {
                // Its server goes on trying, and says so once it gives up.
            }
        }
    }

    /** A letter is of the branch that wrote its newsletter; a letter without one, of the first. */
    private BranchId branch(NewsletterSend send) {
        return unitOfWork
                .read(tx -> newsletters.find(tx, send.newsletterId()))
                .map(Newsletter::branch)
                .orElse(BranchId.MAIN);
    }

    /** Before it is acted upon: whoever is struck off is not known any more afterwards. */
    private void note(BranchId branch, NewsletterSend send, Returned returned, boolean struck) {
        Bounce.Kind kind = Bounce.Kind.of(returned.kind());
        unitOfWork.write(Urgency.BULK, tx -> {
            bounces.add(
                    tx,
                    branch,
                    // As it stands now: he may have been erased since it was read.
                    sends.find(tx, send.id()).orElse(send),
                    kind,
                    returned.status(),
                    struck ? Bounce.Done.STRUCK : Bounce.Done.NOTHING,
                    clock.instant());
            return true;
        });
    }

    /** Once for each newsletter: a server that took a letter and gave it back says something of us, and not of who reads. */
    private void told(BranchId branch, NewsletterSend send, String status) {
        Message why = Message.of("newsletter.returned", "status", status);
        unitOfWork.write(Urgency.BULK, tx -> {
            if (!notices.told(tx, branch, Notices.Kind.NEWSLETTER, send.newsletterId(), why)) {
                notices.raise(tx, branch, Notices.Kind.NEWSLETTER, send.newsletterId(), why);
            }
            return true;
        });
    }
}
