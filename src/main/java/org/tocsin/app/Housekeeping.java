package org.tocsin.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToIntFunction;
import org.tocsin.alert.TokenEnds;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.publishing.MediaUpload;

/** What is done from time to time. */
public final class Housekeeping {
    private static final Duration KEYS_KEPT = Duration.ofDays(8);
    private static final int AT_ONCE = 500;

    private final Stores stores;
    private final MediaUpload uploads;
    private final ChannelAdministration administration;
    private final People people;
    private final AuditCheckpoints checkpoints;
    private final Runnable consents;
    private final Epoch epoch;
    private final LeaveCheck left;
    private final TokenEnds tokenEnds;
    private final Clock clock;

    /** @param consents signs the registers of consent, unless that was done today */
    Housekeeping(
            Stores stores,
            MediaUpload uploads,
            ChannelAdministration administration,
            People people,
            AuditCheckpoints checkpoints,
            Runnable consents,
            Epoch epoch,
            LeaveCheck left,
            TokenEnds tokenEnds,
            Clock clock) {
        this.stores = stores;
        this.uploads = uploads;
        this.administration = administration;
        this.people = people;
        this.checkpoints = checkpoints;
        this.consents = consents;
        this.epoch = epoch;
        this.left = left;
        this.tokenEnds = tokenEnds;
        this.clock = clock;
    }

    /** Asks every channel whether it works. */
    public void checkChannels() {
        administration.checkAll();
    }

    /** Tells of keys to the API that end soon. */
    public void tellOfTokens() {
        tokenEnds.tell();
    }

    /** Counts on, so that a copy of the database that was made before is known for one when it is put back. */
    public void mark() {
        epoch.mark();
        left.mark();
    }

    /** Signs the audit trail and the registers of consent, once a day. */
    public void checkpoint() {
        checkpoints.mark();
        consents.run();
    }

    /** Forgets uploads that nobody used, and sessions, links, idempotency keys and rows that were brought in after their time. */
    public void sweep() {
        uploads.sweep();
        people.signIn().sweep();
        people.users().sweep();
        Instant before = clock.instant().minus(KEYS_KEPT);
        forget(tx -> stores.requestKeys().forget(tx, before, AT_ONCE));
        forget(tx -> stores.imports().forget(tx, before, AT_ONCE));
    }

    private void forget(ToIntFunction<Tx> some) {
        int forgotten;
        do {
            forgotten = stores.store().write(Urgency.BULK, some::applyAsInt);
        } while (forgotten == AT_ONCE);
    }
}
