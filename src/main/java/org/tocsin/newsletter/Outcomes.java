package org.tocsin.newsletter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.letter.MailAddress;
import org.tocsin.letter.Posted;
import org.tocsin.newsletter.Intents.Step;
import org.tocsin.newsletter.NewsletterSend.State;
import org.tocsin.newsletter.NewsletterSend.Strike;
import org.tocsin.subscriber.StuckLetters;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Suppressions;

/** Writes down what became of a letter. */
public final class Outcomes {
    /**
     * So many letters in a row that were refused for what they are and not for whom they go to, or of which nobody knows whether they arrived:
     * the next would fare the same.
     */
    private static final int REFUSALS = 5;

    private final NewsletterStores stores;
    private final RetryPolicy retry;
    private final Clock clock;

    public Outcomes(NewsletterStores stores, RetryPolicy retry, Clock clock) {
        this.stores = stores;
        this.retry = retry;
        this.clock = clock;
    }

    /** @return whether readers are to be struck off now */
    boolean record(Tx tx, Step.Go letter, Posted posted) {
        Instant now = clock.instant();
        NewsletterSend row = letter.row();
        String name = Intents.lineOf(letter.newsletter(), row.reach());
        LetterLine line = stores.lines().line(tx, name);
        switch (posted) {
            case Posted.Taken() -> {
                stores.sends().move(tx, row.over(State.SENT, null, now), State.SENDING);
                if (line.failures() + line.refusals() > 0 || line.reason() != null) {
                    stores.stuck().went(tx, letter.newsletter().branch(), name);
                    stores.lines().save(tx, line.worked());
                }
                // It takes letters: those whom it did not know are not there.
                return row.reach() == Reach.MAIL && line.refusals() > 0 && stores.due(tx);
            }
            case Posted.Unknown(Message why) -> {
                stores.sends().move(tx, row.over(State.UNKNOWN, why, now), State.SENDING);
                return refused(tx, letter.newsletter(), line.refused(), why, now)
                        .struck();
            }
            case Posted.Refused(Message why, boolean address) -> {
                stores.sends().move(tx, row.over(State.REFUSED, why, now), State.SENDING);
                if (address) {
                    // Before anything else is sent, also where the daemon ends before he is struck off.
                    suppress(tx, letter, now);
                    stores.sends().strike(tx, row.id(), row.reach() == Reach.MAIL ? Strike.HELD : Strike.DUE);
                }
                // Who blocked the bot says nothing of the next one's.
                boolean his = address && row.reach() == Reach.TELEGRAM;
                Refusal refusal = refused(tx, letter.newsletter(), his ? line : line.refused(), why, now);
                stores.bounces()
                        .add(
                                tx,
                                letter.newsletter().branch(),
                                // As it stands now: he may have been erased while the letter was under way.
                                stores.sends().find(tx, row.id()).orElse(row),
                                address ? Bounce.Kind.BOUNCED : Bounce.Kind.REFUSED,
                                why.args().getOrDefault("code", ""),
                                address && !refusal.given()
                                        ? Bounce.Done.STRUCK
                                        : refusal.paused() ? Bounce.Done.PAUSED : Bounce.Done.NOTHING,
                                now);
                return refusal.struck() || (address && row.reach() == Reach.TELEGRAM);
            }
            case Posted.Later(Message why, Duration wait, boolean everyone) -> {
                if (everyone) {
                    // Nobody was reached: that is no attempt of this letter's.
                    stores.sends().move(tx, row.back(now), State.SENDING);
                    LetterLine stopped = line.stopped(next(now, line.failures() + 1, wait), why);
                    stores.lines().save(tx, stopped);
                    if (stopped.failures() >= StuckLetters.FAILURES) {
                        stores.stuck().stuck(tx, letter.newsletter().branch(), name, why);
                    }
                } else if (retry.spent(row.firstAt(), now)) {
                    stores.sends().move(tx, row.over(State.REFUSED, why, now), State.SENDING);
                } else {
                    stores.sends().move(tx, row.again(next(now, row.attempts(), wait), why, now), State.SENDING);
                }
            }
        }
        return false;
    }

    private void suppress(Tx tx, Step.Go letter, Instant now) {
        if (letter instanceof Step.Mail mail) {
            String address = mail.letter().to();
            stores.suppressions()
                    .add(
                            tx,
                            letter.newsletter().branch(),
                            MailAddress.of(address).map(MailAddress::key).orElse(address),
                            Suppressions.Reason.BOUNCED,
                            now);
        }
    }

    /**
     * What came of a refusal.
     *
     * @param struck whether readers are to be struck off now
     * @param given  whether those who were to be are not: it was not their addresses
     * @param paused whether the newsletter waits for a person now
     */
    private record Refusal(boolean struck, boolean given, boolean paused) {}

    private Refusal refused(Tx tx, Newsletter newsletter, LetterLine line, Message why, Instant now) {
        if (line.refusals() < REFUSALS) {
            stores.lines().save(tx, line);
            return new Refusal(false, false, false);
        }
        boolean mail = line.name().equals(Intents.MAIL);
        boolean addresses = mail && judge(tx, line.refusals());
        stores.lines().save(tx, line.worked());
        Optional<Newsletter> still =
                stores.newsletters().find(tx, newsletter.id()).filter(one -> one.state() == Newsletter.State.SENDING);
        still.ifPresent(one -> stores.pause(tx, one, why, now));
        return new Refusal(addresses, mail && !addresses, still.isPresent());
    }

    /**
     * A server that relays for nobody says of each address that it does not know it, and one that thinks ill of the sender refuses whatever comes.
     * Only where each of them was said by an enhanced code to be about the address (RFC 3463) it is those addresses, and not who sends.
     *
     * @return whether readers are to be struck off now
     */
    private boolean judge(Tx tx, int refusals) {
        List<NewsletterSend> held = stores.sends().struck(tx, Strike.HELD);
        if (held.size() >= refusals && held.stream().allMatch(Outcomes::said)) {
            return stores.due(tx);
        }
        held.forEach(row -> {
            stores.sends().strike(tx, row.id(), null);
            stores.bounces().givenBack(tx, row.id());
            stores.newsletters().find(tx, row.newsletterId()).ifPresent(one -> giveBack(tx, one.branch(), row));
        });
        return false;
    }

    private static boolean said(NewsletterSend row) {
        Message reason = row.reason();
        return reason != null && reason.args().getOrDefault("code", "").contains(".");
    }

    /** Whoever has gone meanwhile by another way stays so. */
    private void giveBack(Tx tx, BranchId branch, NewsletterSend row) {
        stores.subscribers()
                .find(tx, branch, row.subscriberId())
                .filter(one -> one.state() == Subscriber.State.CONFIRMED)
                .map(one -> one.person().address())
                .map(address -> MailAddress.of(address).map(MailAddress::key).orElse(address))
                .filter(key -> stores.suppressions()
                        .find(tx, branch, key)
                        .filter(entry -> entry.reason() == Suppressions.Reason.BOUNCED)
                        .isPresent())
                .ifPresent(key -> stores.suppressions().remove(tx, branch, key));
    }

    private Instant next(Instant now, int attempts, @Nullable Duration wait) {
        Duration own = retry.backOff(attempts);
        return now.plus(wait != null && wait.compareTo(own) > 0 ? wait : own);
    }

    /** @return whether a letter was under way of which nobody knows whether it arrived */
    boolean lose(Tx tx, String id) {
        Instant now = clock.instant();
        return stores.sends()
                .find(tx, id)
                .filter(row -> row.state() == State.SENDING)
                .map(row -> stores.sends()
                        .move(
                                tx,
                                row.over(State.UNKNOWN, Message.of("newsletter.unknown.interrupted"), now),
                                State.SENDING))
                .orElse(false);
    }
}
