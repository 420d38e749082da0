package org.tocsin.app;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.tocsin.alert.MailDayRepository;
import org.tocsin.base.Tx;
import org.tocsin.newsletter.LetterQuota;
import org.tocsin.newsletter.LineRepository;

/**
 * What newsletters may send in a day: their own number, and of the mail server's only what alerts leave them.
 */
final class Quotas implements LetterQuota {
    /** Of the day's mails, a tenth is kept for alerts and notices, and at least so many: a bad day of one organisation brings a few dozen. */
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

    @Override
    public Optional<Instant> take(Tx tx, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        boolean left = (mailQuota == 0 || mails.take(tx, today, shared(mailQuota)))
                && (ownQuota == 0 || lines.take(tx, today, ownQuota));
        return left
                ? Optional.empty()
                : Optional.of(today.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /** @return of how many mails of a day newsletters may take part */
    static int shared(int mailQuota) {
        return Math.max(0, mailQuota - Math.max(LEAST_RESERVE, mailQuota / 10));
    }
}
