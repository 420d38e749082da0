package org.tocsin.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.tocsin.alert.way.MailQuota;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;

/**
 * So many mails a day as the server lets through, counted in rows: a restart gives none back. A mail is counted before it leaves, and given back
 * where it surely did not: one which was counted may not have left, and never the other way round.
 */
public final class DailyMailQuota implements MailQuota {
    private final UnitOfWork unitOfWork;
    private final MailDayRepository days;
    private final int limit;
    private final ZoneId zone;
    private final Clock clock;

    /** @param limit 0 for no limit */
    public DailyMailQuota(UnitOfWork unitOfWork, MailDayRepository days, int limit, ZoneId zone, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.days = days;
        this.limit = limit;
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public Leave take() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        boolean taken = limit == 0 || unitOfWork.write(Urgency.DELIVERY, tx -> days.take(tx, today, limit));
        return taken
                ? new Granted(today)
                : new Denied(Duration.between(
                        clock.instant(), today.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    @Override
    public void giveBack(Granted granted) {
        if (limit > 0) {
            unitOfWork.write(Urgency.DELIVERY, tx -> {
                days.giveBack(tx, granted.day());
                return true;
            });
        }
    }
}
