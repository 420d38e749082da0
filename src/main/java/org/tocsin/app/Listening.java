package org.tocsin.app;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.Ids;
import org.tocsin.base.LongWork;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.mention.Hosts;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.Milestones;
import org.tocsin.mention.Recheck;
import org.tocsin.mention.SourceType;
import org.tocsin.mention.feed.FeedReader;
import org.tocsin.mention.hearing.Incoming;
import org.tocsin.mention.hearing.Keeper;
import org.tocsin.mention.hearing.Listener;
import org.tocsin.mention.hearing.Rechecks;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.network.telegram.UpdateHandler;
import org.tocsin.search.IndexedLog;
import org.tocsin.sql.SqlEpisodes;
import org.tocsin.sql.SqlHooks;
import org.tocsin.sql.SqlNamedLists;
import org.tocsin.sql.SqlVoices;
import org.tocsin.watch.Rarity;
import org.tocsin.watch.WatchIndex;
import org.tocsin.watch.WatchLanguage;
import org.tocsin.watch.keeping.Alerts;
import org.tocsin.watch.keeping.EpisodeBell;
import org.tocsin.watch.keeping.Escalation;
import org.tocsin.watch.keeping.HowTold;
import org.tocsin.watch.keeping.KeptLists;
import org.tocsin.watch.keeping.ListKeeping;
import org.tocsin.watch.keeping.LogReader;
import org.tocsin.watch.keeping.NamedListRepository;
import org.tocsin.watch.keeping.Ringings;
import org.tocsin.watch.keeping.Tides;
import org.tocsin.watch.keeping.Trial;
import org.tocsin.watch.keeping.Voices;
import org.tocsin.watch.keeping.Watches;
import org.tocsin.watch.keeping.Watching;

/**
 * What listens, and what rings.
 *
 * @param hearings what comes by itself
 * @param listener reads sources
 * @param sources  what people do with them
 * @param incoming takes in what is handed in
 * @param heard    hands the log to the matcher
 * @param watching matches it
 * @param wordLists keeps what watches share
 * @param searching finds it again
 * @param tides     notices where a watch hears unusually much, or nothing
 * @param voices    counts what each watch heard
 * @param work      shows how far what takes long is
 * @param rechecks  asks whether what was heard is still there
 */
record Listening(
        Hearings hearings,
        Listener listener,
        Sources sources,
        Incoming incoming,
        LogReader heard,
        Watching watching,
        Watches watches,
        ListKeeping wordLists,
        Trial trial,
        Alerts alerts,
        Searching searching,
        Ringings ringings,
        Escalation escalation,
        Tides tides,
        Voices voices,
        LongWork work,
        Rechecks rechecks) {
    /** So many are well below 50 ms of the writer's time; the rest comes at the next start. */
    private static final int RETRIED = 200;

    private static final Logger log = LoggerFactory.getLogger(Listening.class);

    static Listening of(
            Settings settings,
            Stores stores,
            UnitOfWork intake,
            OutboundHttp http,
            RetryPolicy retry,
            List<MentionSource> networks,
            Function<Alerts, List<UpdateHandler>> bots,
            Clock clock,
            Ids ids,
            CrashPoints points) {
        UnitOfWork hearing = new NamedWrites(intake, "heard", points);
        FeedReader feeds = new FeedReader(http, new RetryAfter(clock), clock);
        Wakeup due = new Wakeup();
        Wakeup heard = new Wakeup();
        Wakeup escalate = new Wakeup();
        LongWork work = new LongWork(ids, clock);
        TellingStores telling = stores.telling();
        List<MentionSource> readers =
                Stream.concat(Stream.of(feeds), networks.stream()).toList();
        Analysis analysis = new Analysis();
        NamedListRepository named = new SqlNamedLists();
        KeptLists lists = new KeptLists();
        lists.load(stores.store().read(named::all));
        WatchLanguage language = new WatchLanguage(analysis, lists);
        WatchIndex index = new WatchIndex(analysis, lists, Rarity.byLength(), System::nanoTime, WatchIndex.BUDGET);
        Milestones milestones = (branch, before, after) -> index.passed(branch.value(), before, after);
        Keeper keeper = new Keeper(
                stores.sources(),
                stores.mentions(),
                stores.notices(),
                readers,
                retry,
                settings.duration(Setting.SOURCE_POLL_MIN),
                clock,
                heard,
                milestones);
        Listener listener = new Listener(
                hearing, stores.sources(), stores.channels(), stores.accounts(), readers, clock, due, keeper);
        Wakeup past = new Wakeup();
        Wakeup readOn = new Wakeup();
        Watches watches = new Watches(
                intake,
                stores.watches(),
                stores.watchHits(),
                stores.notices(),
                language,
                index,
                stores.alerts(),
                telling.outbox(),
                telling.ringings(),
                stores.audit(),
                ids,
                clock,
                past);
        Searching searching = Searching.of(
                settings,
                stores,
                intake,
                new Searching.Language(analysis, language, lists),
                clock,
                ids,
                past,
                readOn,
                work,
                points);
        // An update may read what the version before could not.
        if (stores.store().read(stores.sources()::aside) > 0) {
            intake.write(UnitOfWork.Urgency.REQUEST, tx -> stores.sources().retry(tx, RETRIED));
        }
        // What cannot be matched any longer is kept, and told where watches are shown.
        watches.load()
                .forEach(aside -> log.atWarn()
                        .addKeyValue("watch", aside.id())
                        .addKeyValue("reason", aside.reason().code())
                        .log("a watch cannot be matched"));
        Watching watching = new Watching(
                new NamedWrites(intake, "matched", points),
                stores.mentions(),
                stores.sources(),
                stores.watches(),
                stores.watchHits(),
                stores.alerts(),
                telling.ringings(),
                telling.outbox(),
                escalate,
                stores.notices(),
                index,
                analysis,
                ids,
                settings.duration(Setting.MENTION_KEEP),
                clock,
                readOn);
        Alerts alerts = new Alerts(intake, stores.alerts(), stores.notices(), stores.users(), stores.audit(), clock);
        Hearings hearings = Hearings.of(
                settings,
                stores,
                new NamedWrites(intake, "arrived", points),
                http,
                keeper,
                watching::wanted,
                bots.apply(alerts),
                clock);
        List<SourceType> types =
                Stream.concat(networks.stream(), hearings.types().stream()).toList();
        Sources sources = new Sources(
                intake,
                stores.sources(),
                stores.channels(),
                types,
                feeds,
                stores.notices(),
                stores.audit(),
                ids,
                clock,
                due,
                work,
                settings.url(Setting.PUBLIC_URL)
                        .<Predicate<URI>>map(Hosts::same)
                        .orElse(_ -> false));
        return new Listening(
                hearings,
                listener,
                sources,
                new Incoming(
                        hearing,
                        stores.sources(),
                        stores.mentions(),
                        new SqlHooks(),
                        stores.audit(),
                        ids,
                        clock,
                        heard,
                        milestones),
                new LogReader(stores.store(), stores.mentions(), "watch", clock, heard),
                watching,
                watches,
                new ListKeeping(intake, named, lists, watches, language, stores.audit(), ids, clock),
                new Trial(
                        stores.store(),
                        stores.mentions(),
                        stores.sources(),
                        stores.alerts(),
                        analysis,
                        language,
                        lists,
                        new IndexedLog(searching.index()),
                        new HowTold(telling.recipients(), telling.tellings(), clock),
                        watches::trouble,
                        work,
                        settings.zone(Setting.ZONE)),
                alerts,
                searching,
                new Ringings(
                        intake,
                        stores.watches(),
                        telling.ringings(),
                        stores.alerts(),
                        telling.outbox(),
                        stores.audit(),
                        clock),
                new Escalation(
                        intake,
                        stores.alerts(),
                        stores.watches(),
                        stores.notices(),
                        telling.ringings(),
                        telling.recipients(),
                        telling.outbox(),
                        ids,
                        clock,
                        escalate),
                new Tides(
                        intake,
                        new SqlEpisodes(),
                        stores.watches(),
                        stores.sources(),
                        new EpisodeBell(
                                stores.alerts(),
                                telling.ringings(),
                                telling.outbox(),
                                escalate,
                                stores.notices(),
                                ids,
                                clock),
                        settings.duration(Setting.MENTION_KEEP),
                        settings.zone(Setting.ZONE),
                        clock),
                new Voices(intake, stores.watches(), new SqlVoices(), settings.zone(Setting.ZONE), clock),
                work,
                new Rechecks(
                        hearing,
                        stores.sources(),
                        stores.channels(),
                        stores.mentions(),
                        networks.stream()
                                .filter(Recheck.class::isInstance)
                                .map(Recheck.class::cast)
                                .toList(),
                        clock,
                        heard));
    }
}
