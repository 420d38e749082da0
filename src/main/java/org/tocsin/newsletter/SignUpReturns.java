package org.tocsin.newsletter;

import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.LetterIds;
import org.tocsin.letter.Returned;
import org.tocsin.subscriber.SignUpMail;
import org.tocsin.subscriber.SignUpMailRepository;
import org.tocsin.subscriber.Subscriber.Reach;

/**
 * Acts on mails about a sign-up that came back. An address that nobody has confirmed is only noted: whoever typed it may have erred, and what he
 * left is forgotten after some days. The address of a subscriber is struck off as by a newsletter.
 */
public final class SignUpReturns {
    private static final Logger log = LoggerFactory.getLogger(SignUpReturns.class);

    private final UnitOfWork unitOfWork;
    private final SignUpMailRepository mails;
    private final BounceRepository bounces;
    private final LetterIds ids;
    private final Departures bounced;
    private final Departures complained;
    private final Clock clock;

    public SignUpReturns(
            UnitOfWork unitOfWork,
            SignUpMailRepository mails,
            BounceRepository bounces,
            LetterIds ids,
            Departures bounced,
            Departures complained,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.mails = mails;
        this.bounces = bounces;
        this.ids = ids;
        this.bounced = bounced;
        this.complained = complained;
        this.clock = clock;
    }

    /** @return whether it was one of ours */
    boolean take(Returned returned) {
        Optional<String> id = ids.row(returned.letterId());
        Optional<SignUpMail> mail = id.flatMap(one -> unitOfWork.read(tx -> mails.find(tx, one)));
        mail.ifPresent(one -> settle(one, returned));
        if (id.isPresent() && mail.isEmpty()) {
            log.atInfo().addKeyValue("mail", id.get()).log("a mail about a sign-up came back that is forgotten by now");
        }
        return id.isPresent();
    }

    private void settle(SignUpMail mail, Returned returned) {
        boolean ends = switch (returned.kind()) {
            case BOUNCED -> confirmed(mail);
            // Whoever got a confirmation that he did not ask for must get no second one; of a new address not even its
            // owner was asked.
            case COMPLAINED -> mail.kind() != SignUpMail.Kind.CORRECT;
            case REFUSED, DELAYED -> false;
        };
        ends = ends && !bounced.moved(mail.branch(), mail.subscriberId(), mail.createdAt());
        note(mail, returned, ends);
        if (ends) {
            Departures how = returned.kind() == Returned.Kind.BOUNCED ? bounced : complained;
            how.bounced(
                    mail.branch(),
                    mail.subscriberId(),
                    mail.createdAt(),
                    "mail:" + mail.id() + " " + returned.status());
        }
    }

    /** @return whether it went to the address of somebody who had confirmed it */
    private static boolean confirmed(SignUpMail mail) {
        return switch (mail.kind()) {
            case CONFIRM, CORRECT -> false;
            case ALREADY, DATA, STILL -> true;
        };
    }

    /** Before it is acted upon: whoever is struck off is not known any more afterwards. */
    private void note(SignUpMail mail, Returned returned, boolean ends) {
        unitOfWork.write(Urgency.BULK, tx -> {
            if (mails.find(tx, mail.id()).isEmpty()) {
                // He was erased since it was read, and nothing names him any more.
                return false;
            }
            bounces.add(
                    tx,
                    new BounceRepository.Of(mail.branch(), null, mail.id(), mail.subscriberId(), Reach.MAIL),
                    Bounce.Kind.of(returned.kind()),
                    returned.status(),
                    ends ? Bounce.Done.STRUCK : Bounce.Done.NOTHING,
                    clock.instant());
            if (returned.kind() != Returned.Kind.DELAYED && mail.state() == SignUpMail.State.SENT) {
                mails.attempted(
                        tx,
                        mail.id(),
                        SignUpMail.State.FAILED,
                        mail.attempts(),
                        null,
                        Message.of("newsletter.returned", "status", returned.status()));
            }
            return true;
        });
    }
}
