package org.tocsin.app;

import java.time.Clock;
import org.tocsin.base.Ids;
import org.tocsin.base.Wakeup;
import org.tocsin.recipient.Outbox;
import org.tocsin.recipient.RecipientRepository;
import org.tocsin.recipient.TellingRepository;
import org.tocsin.sql.SecretBox;
import org.tocsin.sql.SqlRecipients;
import org.tocsin.sql.SqlRingings;
import org.tocsin.sql.SqlTellings;
import org.tocsin.watch.keeping.RingingRepository;

/**
 * Where what is to be told is kept.
 *
 * @param bell rung when something is to be told
 */
record TellingStores(
        RecipientRepository recipients,
        TellingRepository tellings,
        RingingRepository ringings,
        Outbox outbox,
        Wakeup bell) {
    static TellingStores of(SecretBox box, Ids ids, Clock clock) {
        RecipientRepository recipients = new SqlRecipients(box);
        TellingRepository tellings = new SqlTellings();
        Wakeup bell = new Wakeup();
        return new TellingStores(
                recipients, tellings, new SqlRingings(), new Outbox(recipients, tellings, ids, clock, bell), bell);
    }
}
