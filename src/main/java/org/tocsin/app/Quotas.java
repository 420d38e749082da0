package org.tocsin.app;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.tocsin.alert.MailDayRepository;
import org.tocsin.base.Tx;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.newsletter.LetterQuota;
import org.tocsin.newsletter.LineRepository;
import org.tocsin.sql.SqlLetterLines;
import org.tocsin.sql.SqlMailDays;
import org.tocsin.subscriber.MailAllowance;

/**
 * Who may send how many of the mails that the server lets through in a day. Newsletters leave a tenth, and at least 50: without it nobody could
 * confirm on the day a newsletter goes out, and nobody would be told of a fault. Mails about sign-ups leave half of that: strangers bring them,
 * and a flood of them must not silence alerts. Alerts take what there is.
 */
final class Quotas implements LetterQuota {
    /** Of the day's mails, a tenth is kept for who signs up and for alerts, and at least so many: a bad day of one organisation brings a few dozen. */
    private static final int LEAST_RESERVE = 50;

    private final MailDayRepository mails;
    private final LineRepository lines;
    private final int mailQuota;
    private final int ownQuota;
    private final ZoneId zone;

    /**
     * @param mailQuota of the mail server; 0 for no limit
     * @param ownQuota  of newsletters; 0 for no limit of their own
     */
    Quotas(MailDayRepository mails, LineRepository lines, int mailQuota, int ownQuota, ZoneId zone) {
        this.mails = mails;
        this.lines = lines;
        this.mailQuota = mailQuota;
        this.ownQuota = ownQuota;
        this.zone = zone;
    }

    static Quotas of(Settings settings) {
        return new Quotas(
                new SqlMailDays(),
                new SqlLetterLines(),
                settings.number(Setting.MAIL_QUOTA),
                settings.number(Setting.NEWSLETTER_QUOTA),
                settings.zone(Setting.ZONE));
    }

    @Override
    public Optional<Instant> take(Tx tx, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        // Their own first: what they may not send is not taken from the others.
        boolean left = (ownQuota == 0 || lines.take(tx, today, ownQuota))
                && (mailQuota == 0 || mails.take(tx, today, shared(mailQuota)));
        return left ? Optional.empty() : tomorrow(today);
    }

    /** @return empty where a mail about a sign-up may go, which is counted now; else when one may */
    Optional<Instant> takeForSignUp(Tx tx, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return mailQuota == 0 || mails.take(tx, today, ofSignUps(mailQuota)) ? Optional.empty() : tomorrow(today);
    }

    /** The same for a question that nobody has asked for: like a newsletter it leaves room for who signs up. */
    Optional<Instant> takeForQuestion(Tx tx, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return mailQuota == 0 || mails.take(tx, today, shared(mailQuota)) ? Optional.empty() : tomorrow(today);
    }

    /** @return what mails about sign-ups take part by */
    MailAllowance signUps() {
        return new MailAllowance() {
            @Override
            public Optional<Instant> take(Tx tx, Instant now) {
                return takeForSignUp(tx, now);
            }

            @Override
            public Optional<Instant> takeUnasked(Tx tx, Instant now) {
                return takeForQuestion(tx, now);
            }
        };
    }

    private Optional<Instant> tomorrow(LocalDate today) {
        return Optional.of(today.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private static int reserve(int mailQuota) {
        return Math.max(LEAST_RESERVE, mailQuota / 10);
    }

    /** @return until how many mails of a day have left, of whatever sort, mails about sign-ups may take part */
    static int ofSignUps(int mailQuota) {
        return Math.max(mailQuota / 2, mailQuota - reserve(mailQuota) / 2);
    }

    /** @return how many letters may leave by mail in a day; 0 for no limit */
    static int ofNewsletters(Settings settings) {
        int own = settings.number(Setting.NEWSLETTER_QUOTA);
        int all = settings.number(Setting.MAIL_QUOTA);
        if (all == 0) {
            return own;
        }
        return own == 0 ? Math.max(1, shared(all)) : Math.max(1, Math.min(own, shared(all)));
    }

    /** @return of how many mails of a day newsletters may take part */
    static int shared(int mailQuota) {
        return Math.max(0, mailQuota - reserve(mailQuota));
    }
}
