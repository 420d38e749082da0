package org.tocsin.app;

import java.time.Clock;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.Ids;
import org.tocsin.base.LongWork;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.search.Indexing;
import org.tocsin.search.MentionIndex;
import org.tocsin.search.Search;
import org.tocsin.watch.WatchLanguage;
import org.tocsin.watch.WordLists;
import org.tocsin.watch.keeping.PastHits;

/**
 * What finds again what was heard.
 *
 * @param indexing reads the log into the index
 * @param past     looks through what was heard before a watch was saved
 */
record Searching(MentionIndex index, Indexing indexing, Search search, PastHits past) {
    private static final String DATABASE = "database";

    /** What the search shares with the watches. */
    record Language(Analysis analysis, WatchLanguage language, WordLists lists) {}

    /**
     * @param pastBell rung when a watch was saved
     * @param readBell rung when the watches have read on
     */
    static Searching of(
            Settings settings,
            Stores stores,
            UnitOfWork intake,
            Language shared,
            Clock clock,
            Ids ids,
            Wakeup pastBell,
            Wakeup readBell,
            LongWork work,
            CrashPoints points) {
        MentionIndex index =
                new MentionIndex(settings.path(Setting.DATA).resolve("index").resolve("mentions"), name(stores, ids));
        return new Searching(
                index,
                new Indexing(
                        stores.store(),
                        stores.mentions(),
                        stores.sources(),
                        stores.watchHits(),
                        index,
                        shared.analysis(),
                        clock,
                        readBell,
                        work,
                        points,
                        commit -> Thread.ofPlatform()
                                .daemon()
                                .name("index-commit")
                                .start(commit)),
                new Search(
                        stores.store(),
                        index,
                        stores.mentions(),
                        stores.sources(),
                        stores.watchHits(),
                        stores.audit(),
                        shared.analysis(),
                        shared.language(),
                        shared.lists(),
                        stores.box()::hash,
                        settings.zone(Setting.ZONE)),
                new PastHits(
                        intake,
                        stores.mentions(),
                        stores.sources(),
                        stores.watches(),
                        stores.watchHits(),
                        stores.alerts(),
                        shared.analysis(),
                        shared.language(),
                        shared.lists(),
                        clock,
                        pastBell,
                        readBell));
    }

    /** By it an index knows its database from another one that was put in its place. */
    private static String name(Stores stores, Ids ids) {
        return stores.store()
                .read(tx -> stores.meta().get(tx, DATABASE))
                .orElseGet(() -> stores.store().write(Urgency.REQUEST, tx -> {
                    String name = ids.next();
                    stores.meta().put(tx, DATABASE, name);
                    return name;
                }));
    }
}
