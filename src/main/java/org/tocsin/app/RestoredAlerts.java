package org.tocsin.app;

import java.time.Clock;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.SourceRepository;
import org.tocsin.recipient.TellingRepository;
import org.tocsin.watch.keeping.AlertRepository;

/**
 * What is done with alerts where the database is found to be an older one. It does not know what was told since, nor what was heard: nothing of
 * it is told a second time, and one notice says so.
 */
record RestoredAlerts(
        TellingRepository tellings, AlertRepository alerts, SourceRepository sources, Notices notices, Clock clock) {
    /** In the transaction that finds it out. */
    void hold(Tx tx) {
        int ended = tellings.endAll(tx, Message.of("alerting.restored"), clock.instant());
        alerts.stopPassing(tx);
        sources.restored(tx, clock.instant());
        if (ended > 0 || sources.any(tx)) {
            notices.raise(
                    tx, BranchId.MAIN, Notices.Kind.SOURCE, "restore", Message.of("heard.restored", "count", ended));
        }
    }
}
