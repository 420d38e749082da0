package org.tocsin.app;

import java.time.Clock;
import org.tocsin.base.Ids;
import org.tocsin.mention.rights.Copies;
import org.tocsin.mention.rights.ErasureLog;
import org.tocsin.mention.rights.Erasures;
import org.tocsin.search.Indexing;
import org.tocsin.sql.SqlStore;

/** The rights of people whose words are heard, put together. */
record Rights(Erasures erasures) {
    static Rights of(Stores stores, DataFolder folder, Ids ids, Clock clock) {
        return new Rights(new Erasures(
                stores.store(),
                stores.erasures(),
                stores.mentions(),
                stores.sources(),
                stores.audit(),
                stores.box()::hash,
                new ErasureLog(folder.file("erasures.log")),
                ids,
                clock));
    }

    /** Brings an older database up to what was promised since. */
    void start() {
        erasures.start();
    }

    /** @return what the routes call */
    Keeping keeping(Indexing indexing, SqlStore store) {
        return new Keeping(this, seq -> indexing.purge(seq) && store.emptyLog());
    }

    /**
     * What is done by time alone.
     *
     * @param copies of words beside their rows
     */
    public record Keeping(Rights rights, Copies copies) {
        /** Goes on with erasures. */
        public void work() {
            rights.erasures().work(copies);
        }
    }
}
