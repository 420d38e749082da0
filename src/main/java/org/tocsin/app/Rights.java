package org.tocsin.app;

import java.time.Clock;
import java.util.List;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.http.OutboundHttp;
import org.tocsin.mention.Source;
import org.tocsin.mention.rights.Copies;
import org.tocsin.mention.rights.ErasureLog;
import org.tocsin.mention.rights.Erasures;
import org.tocsin.mention.rights.Holds;
import org.tocsin.mention.rights.Identities;
import org.tocsin.mention.rights.Objections;
import org.tocsin.mention.rights.PeoplesRights;
import org.tocsin.mention.rights.SealedExport;
import org.tocsin.network.bluesky.BlueskyLookup;
import org.tocsin.network.x.XLookup;
import org.tocsin.search.Indexing;
import org.tocsin.sql.SqlHolds;
import org.tocsin.sql.SqlObjections;
import org.tocsin.sql.SqlStore;

/** The rights of people whose words are heard, put together. */
final class Rights {
    private Rights() {}

    static PeoplesRights of(
            Settings settings,
            Stores stores,
            DataFolder folder,
            EvidenceKey evidence,
            OutboundHttp http,
            Ids ids,
            Clock clock) {
        Erasures erasures = new Erasures(
                stores.store(),
                stores.erasures(),
                stores.mentions(),
                stores.sources(),
                stores.audit(),
                stores.box()::hash,
                new Identities(
                        stores.store(),
                        stores.erasures(),
                        stores.sources(),
                        stores.channels(),
                        List.of(
                                new BlueskyLookup(http, stores.sessions(), clock, BlueskyLookup.PUBLIC),
                                new XLookup())),
                new ErasureLog(folder.file("erasures.log")),
                ids,
                clock);
        SealedExport export = new SealedExport(evidence);
        return new PeoplesRights(
                erasures,
                new Objections(
                        stores.store(),
                        new SqlObjections(stores.box()),
                        erasures,
                        stores.notices(),
                        stores.audit(),
                        ids,
                        clock),
                new Holds(
                        stores.store(),
                        new SqlHolds(stores.box()),
                        stores.mentions(),
                        stores.sources(),
                        stores.audit(),
                        export,
                        ids,
                        clock),
                export,
                new PeoplesRights.Notice(
                        settings.text(Setting.ORGANISATION),
                        settings.text(Setting.PRIVACY_CONTACT),
                        settings.text(Setting.PRIVACY_TEXT),
                        settings.duration(Setting.MENTION_KEEP),
                        () -> networks(stores)));
    }

    private static List<String> networks(Stores stores) {
        return stores.store().read(tx -> stores.sources().all(tx, BranchId.MAIN)).stream()
                .filter(Source::enabled)
                .map(Source::network)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * What is done by time alone.
     *
     * @param copies of words beside their rows
     */
    public record Keeping(PeoplesRights rights, Copies copies) {
        static Keeping of(PeoplesRights rights, Indexing indexing, SqlStore store) {
            return new Keeping(rights, seq -> indexing.purge(seq) && store.emptyLog());
        }

        /** Goes on with erasures, and ends what is over. */
        public void work() {
            rights.erasures().work(copies);
            rights.holds().expire();
        }

        /** Forgets what people wrote who have their answer. */
        public void forget() {
            rights.objections().forget();
        }
    }
}
