package org.tocsin.newsletter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.letter.Letter;
import org.tocsin.newsletter.NewsletterSend.State;
import org.tocsin.subscriber.StuckLetters;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.Reach;

/**
 * Decides in one transaction that a letter is about to leave: the newsletter still goes out, nothing is frozen, the line's rate and the day's
 * quota leave room, and its reader still wants it.
 */
public final class Intents {
    /** The line that all letters by mail share. */
    static final String MAIL = StuckLetters.MAIL;

    /** So many who may not be written to are passed over in one transaction. */
    private static final int PASSED = 100;

    private final NewsletterStores stores;
    private final Recipients recipients;
    private final LetterComposer composer;
    private final LetterQuota quota;
    private final SendingSettings settings;
    private final Clock clock;

    public Intents(
            NewsletterStores stores,
            LetterComposer composer,
            LetterQuota quota,
            SendingSettings settings,
            Clock clock) {
        this.stores = stores;
        this.recipients = new Recipients(stores);
        this.composer = composer;
        this.quota = quota;
        this.settings = settings;
        this.clock = clock;
    }

    /** What comes next on a connection. */
    sealed interface Step {
        /** A letter that is committed to leave. */
        sealed interface Go extends Step {
            Newsletter newsletter();

            NewsletterSend row();

            Subscriber subscriber();
        }

        /** By mail. */
        record Mail(Newsletter newsletter, NewsletterSend row, Subscriber subscriber, Letter letter) implements Go {}

        /** On Telegram. */
        record Telegram(
                Newsletter newsletter,
                NewsletterSend row,
                Subscriber subscriber,
                long telegramId,
                StyledText text,
                String language)
                implements Go {}

        /** Not before that. */
        record Wait(Instant until) implements Step {}

        /** Nothing is to be sent. */
        record Nothing() implements Step {}
    }

    static String lineOf(Newsletter newsletter, Reach reach) {
        return reach == Reach.MAIL ? MAIL : "TELEGRAM:" + newsletter.branch().value();
    }

    /** @return when its line is open */
    Instant opens(Tx tx, Newsletter newsletter, Reach reach, Instant now) {
        LetterLine line = stores.lines().line(tx, lineOf(newsletter, reach));
        return line.nextAt();
    }

    Step next(Tx tx, LetterRun run) {
        Instant now = clock.instant();
        Optional<Newsletter> found = stores.newsletters()
                .find(tx, run.newsletterId())
                .filter(one -> one.state() == Newsletter.State.SENDING);
        if (found.isEmpty()) {
            return new Step.Nothing();
        }
        Newsletter newsletter = found.get();
        if (Silence.stands(tx, stores.freezes(), newsletter, now)) {
            pause(tx, newsletter, Message.of("newsletter.paused.frozen"), now);
            return new Step.Nothing();
        }
        LetterLine line = stores.lines().line(tx, lineOf(newsletter, run.reach()));
        if (line.nextAt().isAfter(now)) {
            return new Step.Wait(line.nextAt());
        }
        for (int passed = 0; passed < PASSED; passed++) {
            Optional<NewsletterSend> row = stores.sends().next(tx, newsletter.id(), run.reach(), now);
            if (row.isEmpty()) {
                return new Step.Nothing();
            }
            Recipients.Checked checked = recipients.check(tx, newsletter, row.get());
            Subscriber reader = checked.subscriber();
            if (reader != null
                    && reader.reach() != row.get().reach()
                    && row.get().firstAt() == null) {
                // He chose another way since his row was made, and no letter was begun.
                stores.sends().follow(tx, row.get().id(), reader.reach());
                continue;
            }
            Message refusal = checked.refusal();
            if (refusal == null) {
                return begin(tx, newsletter, row.get(), Objects.requireNonNull(checked.subscriber()), line, now);
            }
            stores.sends().move(tx, row.get().over(State.SKIPPED, refusal, now), State.WAITING);
        }
        return new Step.Wait(now);
    }

    private Step begin(
            Tx tx, Newsletter newsletter, NewsletterSend row, Subscriber subscriber, LetterLine line, Instant now) {
        boolean mail = row.reach() == Reach.MAIL;
        Optional<Instant> again = mail ? quota.take(tx, now) : Optional.empty();
        if (again.isPresent()) {
            stores.lines()
                    .save(
                            tx,
                            new LetterLine(
                                    line.name(),
                                    again.get(),
                                    line.failures(),
                                    line.refusals(),
                                    Message.of("newsletter.line.quota")));
            return new Step.Wait(again.get());
        }
        NewsletterSend begun = row.begun(now);
        // Written before it is committed to leave: what cannot be written has surely not left.
        Step step = mail
                ? new Step.Mail(newsletter, begun, subscriber, composer.mail(newsletter, begun, subscriber))
                : new Step.Telegram(
                        newsletter,
                        begun,
                        subscriber,
                        Objects.requireNonNull(subscriber.person().telegramId()),
                        composer.telegram(newsletter, subscriber.language()),
                        newsletter.language(subscriber.language()));
        if (!stores.sends().move(tx, begun, State.WAITING)) {
            return new Step.Wait(now);
        }
        Duration spacing = mail ? settings.mailSpacing() : SendingSettings.telegramSpacing();
        stores.lines().save(tx, line.turn(now, spacing));
        return step;
    }

    private void pause(Tx tx, Newsletter newsletter, Message why, Instant now) {
        stores.pause(tx, newsletter, why, now);
    }
}
