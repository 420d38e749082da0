package org.tocsin.app;

import java.time.Clock;
import java.time.Duration;
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
    private final Epoch epoch;
    private final Clock clock;

    Housekeeping(
            Stores stores,
            MediaUpload uploads,
            ChannelAdministration administration,
            People people,
            Epoch epoch,
            Clock clock) {
        this.stores = stores;
        this.uploads = uploads;
        this.administration = administration;
        this.people = people;
        this.epoch = epoch;
        this.clock = clock;
    }

    /** Asks every channel whether it works. */
    public void checkChannels() {
        administration.checkAll();
    }

    /** Counts on, so that a copy of the database that was made before is known for one when it is put back. */
    public void mark() {
        epoch.mark();
    }

    /** Forgets uploads that nobody used, and sessions, links and idempotency keys after their time. */
    public void sweep() {
        uploads.sweep();
        people.signIn().sweep();
        people.users().sweep();
        int forgotten;
        do {
            forgotten = stores.store()
                    .write(
                            Urgency.BULK,
                            tx -> stores.requestKeys()
                                    .forget(tx, clock.instant().minus(KEYS_KEPT), AT_ONCE));
        } while (forgotten == AT_ONCE);
    }
}
