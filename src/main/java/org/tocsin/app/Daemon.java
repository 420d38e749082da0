package org.tocsin.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.alert.AcknowledgeNotice;
import org.tocsin.alert.Acknowledging;
import org.tocsin.alert.RecipientActors;
import org.tocsin.alert.TokenEnds;
import org.tocsin.alert.WebhookNotifier;
import org.tocsin.audience.keeping.Annotations;
import org.tocsin.audience.keeping.AudienceCollector;
import org.tocsin.audience.keeping.AudienceImport;
import org.tocsin.audience.keeping.Audiences;
import org.tocsin.audience.keeping.EngagementCollector;
import org.tocsin.audience.keeping.Engagements;
import org.tocsin.audience.keeping.FigureTables;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Ids;
import org.tocsin.base.LiveEvents;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Secret;
import org.tocsin.base.Ticker;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.bot.PublicBot;
import org.tocsin.camel.DueComponent;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.delivery.ClockWatch;
import org.tocsin.delivery.DeliveryEngine;
import org.tocsin.delivery.DeliverySettings;
import org.tocsin.delivery.Gate;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.Remover;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.delivery.Reviser;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.Peer;
import org.tocsin.letter.LetterBox;
import org.tocsin.media.FileMediaStore;
import org.tocsin.mention.rights.PeoplesRights;
import org.tocsin.network.LinkCards;
import org.tocsin.network.Networks;
import org.tocsin.network.WebCardPictures;
import org.tocsin.people.Actor;
import org.tocsin.people.Tokens;
import org.tocsin.people.Users;
import org.tocsin.publishing.Answering;
import org.tocsin.publishing.ApprovePost;
import org.tocsin.publishing.Campaigns;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.publishing.Composer;
import org.tocsin.publishing.CorrectPost;
import org.tocsin.publishing.DeletePost;
import org.tocsin.publishing.DeliveryDecisions;
import org.tocsin.publishing.Drafts;
import org.tocsin.publishing.EditPost;
import org.tocsin.publishing.Freezes;
import org.tocsin.publishing.ImportPosts;
import org.tocsin.publishing.MediaUpload;
import org.tocsin.publishing.MentionBookKeeping;
import org.tocsin.publishing.NextSlot;
import org.tocsin.publishing.PlanPost;
import org.tocsin.publishing.PlanRevision;
import org.tocsin.publishing.PostTables;
import org.tocsin.publishing.PublishingSettings;
import org.tocsin.publishing.RemovalDecisions;
import org.tocsin.publishing.RevisePost;
import org.tocsin.publishing.Slots;
import org.tocsin.publishing.SubmitPost;
import org.tocsin.publishing.UnsentWords;
import org.tocsin.recipient.TelegramLink;
import org.tocsin.sql.SqlRehearsal;
import org.tocsin.sql.SqlReplies;
import org.tocsin.sql.SqlSignUp;
import org.tocsin.sql.StoreAlarm;
import org.tocsin.subscriber.SubscriberAudience;
import org.tocsin.web.AlertingParts;
import org.tocsin.web.ConnectDialogues;
import org.tocsin.web.HeardParts;
import org.tocsin.web.LiveStreams;
import org.tocsin.web.ProcessingRegister;
import org.tocsin.web.SignUpParts;
import org.tocsin.web.TrustedProxies;
import org.tocsin.web.Web;
import org.tocsin.web.WebEngine;
import org.tocsin.web.desk.Cards;
import org.tocsin.web.desk.Desk;
import org.tocsin.web.desk.DeskParts;

/** The running daemon: everything that was wired, started in order, and stopped in the reverse order. */
public final class Daemon implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Daemon.class);

    /** EX_TEMPFAIL of sysexits(3): to be started again. */
    static final int EXIT_TEMPORARY = 75;

    /** As the API has it. */
    private static final Duration MOST_UNDO = Duration.ofHours(1);

    private final Deque<AutoCloseable> running;
    private final Web web;
    private final Users users;

    private Daemon(Deque<AutoCloseable> running, Web web, Users users) {
        this.running = running;
        this.web = web;
        this.users = users;
    }

    /**
     * Starts everything.
     *
     * @param seams {@link Seams#NONE}, save in the crash test
     * @throws FaultException when it cannot: settings, key, store, port; whatever was started is stopped again
     */
    public static Daemon start(Settings settings, Clock clock, Seams seams) {
        Deque<AutoCloseable> running = new ArrayDeque<>();
        try {
            return start(settings, clock, seams, running);
        } catch (RuntimeException e) {
            stop(running);
            throw e;
        }
    }

    private static Duration undo(Settings settings) {
        Duration longer = Stream.of(Setting.DELIVERY_UNDO, Setting.DESK_UNDO)
                .map(settings::duration)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return longer.compareTo(MOST_UNDO) > 0 ? MOST_UNDO : longer;
    }

    private static Daemon start(Settings given, Clock clock, Seams seams, Deque<AutoCloseable> running) {
        DataFolder folder = DataFolder.open(given.path(Setting.DATA));
        running.push(folder);
        Ahead<Routes> ahead = Ahead.of("routes", () -> Routes.read(given.optional(Setting.ROUTES)));
        running.push(ahead::close);
        Ahead<WebEngine> engineAhead = Ahead.of("web", WebEngine::start);
        running.push(engineAhead::close);
        Ahead<OutboundHttp> httpAhead = Ahead.of("http", () -> http(given));
        running.push(httpAhead::close);
        Ids ids = new Ids(clock);
        Wakeup noticeBell = new Wakeup();
        LiveEvents events = new LiveEvents();
        boolean webhook = given.url(Setting.WEBHOOK_URL).isPresent();
        DiskReserve reserve = new DiskReserve(
                folder.file("").toAbsolutePath().normalize(), given.number(Setting.DISK_RESERVE) * 1_000_000L);
        Stores stores = Stores.open(
                folder,
                given.optional(Setting.KEY),
                alarm(reserve, seams.exit()),
                ids,
                clock,
                noticeBell,
                webhook,
                events);
        running.push(stores.store());
        LogEmptying logEmptying = new LogEmptying(stores.store()::emptyLog);
        running.push(logEmptying);
        Settings settings = House.settings(given, stores);
        running.push(reserve.start());
        OutboundHttp http = httpAhead.get();
        FileMediaStore files = new FileMediaStore(folder.file("media"));
        files.sweep();
        Messages messages = new Messages(settings.zone(Setting.ZONE));
        DeliverySettings deliverySettings = deliverySettings(settings);
        RandomGenerator random = new SecureRandom();
        RetryPolicy retry = new RetryPolicy(deliverySettings, random);
        Adapters adapters = Adapters.of(settings, stores, http, retry, files, folder.file("media"), seams, clock, ids);
        Networks networks =
                new Networks(adapters.networks().stream().map(seams.adapter()).toList());

        Wakeup deliveryBell = new Wakeup();
        Wakeup removalBell = new Wakeup();
        Wakeup revisionBell = new Wakeup();
        ClockWatch clockWatch = new ClockWatch(
                clock, Ticker.system(), settings.duration(Setting.CLOCK_SETTLE), () -> clockJumped(stores));
        DeliveryEngine engine = DeliveryEngine.of(
                stores.ofDeliveries(),
                networks,
                files,
                deliverySettings,
                clockWatch,
                clock,
                random,
                deliveryBell,
                seams.crashPoints());
        Remover remover = new Remover(
                stores.store(),
                stores.deliveries(),
                stores.removals(),
                stores.accounts(),
                stores.channels(),
                networks,
                stores.notices(),
                retry,
                clock,
                removalBell);
        Reviser reviser = new Reviser(
                stores.ofDeliveries(),
                networks,
                new Gate(
                        stores.deliveries(),
                        stores.accounts(),
                        stores.freezes(),
                        stores.approvals(),
                        stores.notices(),
                        deliverySettings),
                retry,
                clockWatch,
                clock,
                revisionBell,
                seams.crashPoints());

        PublishingSettings habits = new PublishingSettings(
                settings.text(Setting.LANGUAGE),
                settings.zone(Setting.ZONE),
                settings.duration(Setting.DELIVERY_UNDO),
                settings.flag(Setting.LINK_CARDS));
        UnitOfWork intake = reserve.guarding(stores.store());
        NextSlot nextSlot = new NextSlot(stores.slots(), stores.freezes(), habits.zone());
        RememberedCards cards = new RememberedCards(new LinkCards(http)::read, System::nanoTime);
        Answering answering =
                new Answering(stores.channels(), networks, new LogOfHeard(stores.mentions(), stores.sources()));
        PlanPost planner = new PlanPost(
                stores.store(),
                stores.deliveries(),
                stores.channels(),
                stores.campaigns(),
                stores.freezes(),
                nextSlot,
                stores.media(),
                networks,
                answering,
                new Composer(networks),
                cards,
                habits,
                clock);
        SubmitPost submit = new SubmitPost(
                intake,
                stores.posts(),
                stores.deliveries(),
                stores.channels(),
                stores.approvals(),
                nextSlot,
                networks,
                stores.notices(),
                stores.audit(),
                ids,
                clock,
                deliveryBell,
                settings.number(Setting.POST_PLANNED));
        People people = People.of(stores, ids, clock);
        Tokens tokens = new Tokens(stores.store(), stores.tokens(), stores.users(), stores.audit(), ids, clock);
        ChannelAdministration administration = new ChannelAdministration(
                stores.store(),
                stores.channels(),
                stores.accounts(),
                stores.deliveries(),
                stores.sessions(),
                networks,
                stores.notices(),
                stores.audit(),
                clock,
                deliveryBell,
                new PublicBotRule(new SqlSignUp(stores.box())));
        MediaUpload uploads =
                new MediaUpload(intake, stores.media(), files, stores.audit(), reserve::requireRoom, ids, clock);

        new FirstStart(stores, tokens, folder, networks, clock).run(Actor.daemon(BranchId.MAIN), administration);
        int unknown = engine.recovery().recover();
        LetterBox letterBox = Newslettering.box(settings, clock);
        EvidenceKey evidence = new EvidenceKey(folder);
        SignUp signUp = SignUp.of(
                settings, stores, intake, logEmptying, folder, evidence, letterBox, http, retry, messages, clock, ids);
        Newslettering newslettering = Newslettering.of(
                settings,
                stores,
                intake,
                signUp,
                letterBox,
                http,
                retry,
                messages,
                new NewsletterPost(stores.store(), stores.meta(), planner, submit, stores.notices(), signUp.base()),
                new FittedLetterImages(stores, files),
                clock,
                ids);
        int letters = newslettering.sending().recover();
        if (letters > 0) {
            log.atWarn().addKeyValue("letters", letters).log("letters were found in the midst of sending");
        }
        signUp.people().register().fill(stores.store());
        Epoch epoch = new Epoch(folder, stores.store(), stores.meta());
        boolean restored = epoch.start(tx -> {
            engine.recovery().holdAll(tx, Message.of("delivery.held.restored"));
            newslettering.parts().newsletters().holdAll(tx, Message.of("newsletter.paused.restored"));
            signUp.hold(tx, stores);
            new RestoredAlerts(stores.telling().tellings(), stores.alerts(), stores.sources(), stores.notices(), clock)
                    .hold(tx);
        });
        running.push(epoch);
        if (restored) {
            log.warn("the database is an older one that was put back: everything is held");
        }
        LeaveCheck left = new LeaveCheck(
                stores.store(), stores.meta(), signUp.left(), signUp.people().suppressions(), stores.notices());
        boolean lost = left.start(tx -> {
            newslettering.parts().newsletters().holdAll(tx, Message.of("newsletter.paused.left"));
            signUp.hold(tx, stores);
        });
        if (lost) {
            log.error(
                    "left.log is gone or was cut: who left the newsletter since may not be known, all letters are held");
        }
        // Before anything is shown or indexed: an older database does not know who was erased since.
        AuditCheckpoints checkpoints =
                new AuditCheckpoints(stores.store(), stores.audit(), folder.file(SignUp.CHECKPOINTS), evidence, clock);
        PeoplesRights rights = Rights.of(settings, stores, folder, evidence, http, ids, clock);
        rights.erasures().start();
        if (unknown > 0) {
            log.atWarn().addKeyValue("deliveries", unknown).log("deliveries were found in the midst of sending");
        }

        Routes camel = ahead.get();
        Health health = new Health(stores, settings.path(Setting.DATA), reserve, clock);
        CorrectPost correct =
                new CorrectPost(stores.store(), stores.posts(), stores.deliveries(), stores.channels(), planner);
        UnsentWords unsent = new UnsentWords(stores.deliveries(), stores.approvals(), networks, clock);
        RevisePost revise = new RevisePost(
                intake,
                stores.posts(),
                stores.deliveries(),
                stores.revisions(),
                new PlanRevision(
                        stores.store(),
                        stores.posts(),
                        stores.deliveries(),
                        stores.revisions(),
                        stores.channels(),
                        networks,
                        planner,
                        correct,
                        unsent),
                unsent,
                submit,
                stores.audit(),
                deliverySettings.quiet(),
                clock,
                revisionBell);
        ApprovePost approve = new ApprovePost(
                stores.store(),
                stores.posts(),
                stores.deliveries(),
                stores.approvals(),
                stores.notices(),
                stores.audit(),
                clock,
                deliveryBell);
        EditPost edit = new EditPost(
                intake,
                stores.posts(),
                stores.deliveries(),
                stores.approvals(),
                planner,
                networks,
                stores.notices(),
                stores.audit(),
                clock,
                deliveryBell);
        DeletePost deletePost = new DeletePost(
                stores.store(),
                stores.posts(),
                stores.deliveries(),
                stores.channels(),
                stores.removals(),
                stores.revisions(),
                stores.notices(),
                stores.audit(),
                clock,
                removalBell);
        DeliveryDecisions decisions = new DeliveryDecisions(
                stores.store(),
                stores.deliveries(),
                stores.removals(),
                stores.revisions(),
                stores.freezes(),
                stores.approvals(),
                stores.channels(),
                networks,
                stores.notices(),
                stores.audit(),
                clock,
                deliveryBell,
                revisionBell);
        RemovalDecisions removalDecisions = new RemovalDecisions(
                stores.store(),
                stores.deliveries(),
                stores.removals(),
                stores.notices(),
                stores.audit(),
                clock,
                removalBell);
        RehearsalTimelines rehearsals = new RehearsalTimelines(stores.store(), new SqlRehearsal());
        MentionBookKeeping book = new MentionBookKeeping(stores.store(), stores.campaigns(), networks, stores.audit());
        Campaigns campaigns = new Campaigns(stores.store(), stores.campaigns(), stores.channels(), stores.audit());
        Freezes freezes = new Freezes(
                intake, stores.freezes(), stores.deliveries(), stores.channels(), stores.audit(), habits, ids, clock);
        SubscriberAudience subscribed = new SubscriberAudience(
                stores.store(), signUp.people().house(), signUp.people().subscribers());
        Audiences audiences =
                new Audiences(stores.store(), stores.audience(), stores.channels(), subscribed, habits.zone(), clock);
        AudienceImport audienceImport = new AudienceImport(
                intake, stores.audience(), stores.channels(), subscribed, stores.audit(), habits.zone(), clock);
        Engagements engagements = new Engagements(
                stores.store(),
                stores.engagement(),
                stores.deliveries(),
                stores.channels(),
                adapters.metrics(),
                habits.zone(),
                clock);
        Annotations annotations = new Annotations(intake, stores.annotations(), stores.audit(), ids, clock);
        Slots slots = new Slots(intake, stores.slots(), stores.channels(), nextSlot, stores.audit(), ids, clock);
        ImportPosts imports =
                new ImportPosts(intake, stores.imports(), stores.channels(), stores.campaigns(), planner, submit);
        TelegramLink links = new TelegramLink(intake, stores.telling().recipients(), stores.audit(), ids, clock);
        PublicBot bot = signUp.bot(
                stores,
                messages,
                http,
                settings.url(Setting.TELEGRAM_SERVER).map(URI::toString).orElse(""));
        Listening listening = Listening.of(
                settings,
                stores,
                intake,
                http,
                retry,
                adapters.mentions(),
                alerts -> List.of(
                        new StaffChat(
                                stores.channels(),
                                stores.telling().recipients(),
                                links,
                                new Presses(
                                        intake,
                                        new RecipientActors(intake, stores.users()),
                                        stores.deliveries(),
                                        alerts,
                                        freezes,
                                        decisions),
                                new BotAnswers(http, Tellers.TELEGRAM),
                                messages,
                                work -> Thread.ofVirtual().name("staff-chat").start(work),
                                clock),
                        bot.hearing(),
                        new DeafBots(stores.notices())),
                clock,
                ids,
                seams.crashPoints());
        running.push(listening.searching().indexing());
        Tellers tellers = Tellers.of(
                settings, stores, http, retry, messages, listening.escalation(), clock, ids, seams.crashPoints());
        int begun = tellers.sender().recover();
        if (begun > 0) {
            log.atWarn().addKeyValue("texts", begun).log("texts to recipients were found in the midst of sending");
        }
        AlertingParts alerting = new AlertingParts(
                listening.ringings(),
                tellers.recipients(),
                tellers.sender(),
                links,
                stores.users(),
                new HeardParts(
                        listening.tides(),
                        stores.watchHits(),
                        new SqlReplies(),
                        answering,
                        listening.voices(),
                        listening.work()),
                new Acknowledging(
                        stores.store(),
                        stores.telling().recipients(),
                        stores.alerts(),
                        stores.watches(),
                        listening.alerts(),
                        new RecipientActors(stores.store(), stores.users()),
                        Tellers.links(stores),
                        clock),
                stores.notices(),
                new AcknowledgeNotice(stores.store(), stores.notices(), listening.alerts(), stores.audit(), clock));
        SignUpParts signUpParts = signUp.parts(
                new BotTokens(stores, bot.names())::name,
                listening.work(),
                new ProcessingRegister(new Processing(settings, stores, signUp)::facts, messages));
        running.push(signUpParts.runs());
        PostTables postTables = new PostTables(
                imports,
                listening.work(),
                one -> Thread.ofVirtual().name("post-table").start(one));
        running.push(postTables);
        FigureTables figureTables = new FigureTables(
                audienceImport,
                listening.work(),
                one -> Thread.ofVirtual().name("figure-table").start(one));
        running.push(figureTables);
        ConnectDialogues dialogues = new ConnectDialogues(adapters.connectings(), administration, ids);
        LiveStreams live = new LiveStreams(engineAhead.get(), events, health::openNotices, LiveStreams.Limits.USUAL);
        DeskParts desk = new DeskParts(
                stores.store(),
                stores.posts(),
                stores.deliveries(),
                stores.revisions(),
                stores.removals(),
                stores.channels(),
                stores.requestKeys(),
                new Drafts(intake, stores.drafts(), stores.audit(), ids, clock),
                planner,
                submit,
                correct,
                revise,
                edit,
                approve,
                deletePost,
                decisions,
                removalDecisions,
                stores.calendar(),
                slots,
                postTables,
                campaigns,
                book,
                rehearsals,
                uploads,
                stores.media(),
                files,
                new Cards(cards::known, new WebCardPictures(http, files, clock)),
                networks,
                administration,
                dialogues,
                freezes,
                tokens,
                people.users(),
                people.signIn(),
                people.factors(),
                messages,
                clock,
                habits.zone(),
                settings.text(Setting.LANGUAGE),
                settings.text(Setting.ORGANISATION),
                House.keeping(given, settings, stores, seams.restart()),
                stores.audit(),
                settings.url(Setting.PUBLIC_URL),
                audiences,
                figureTables,
                annotations,
                engagements,
                undo(settings),
                listening.sources(),
                listening.incoming(),
                stores.mentions(),
                listening.watches(),
                listening.wordLists(),
                listening.trial(),
                listening.alerts(),
                listening.searching().search(),
                alerting,
                live,
                rights,
                signUpParts,
                newslettering.parts());
        bot.messenger().clear();
        // Before anything is sent: an older database does not know who left since.
        int out = signUp.leaving().apply();
        if (out > 0) {
            log.atWarn().addKeyValue("subscribers", out).log("people who had left were taken out of an older database");
        }
        Web web = Web.start(
                engineAhead.get(),
                new Web.Parts(
                        stores.store(),
                        stores.posts(),
                        stores.deliveries(),
                        stores.revisions(),
                        stores.removals(),
                        stores.channels(),
                        stores.notices(),
                        stores.requestKeys(),
                        planner,
                        submit,
                        correct,
                        revise,
                        edit,
                        approve,
                        deletePost,
                        decisions,
                        removalDecisions,
                        administration,
                        freezes,
                        slots,
                        postTables,
                        uploads,
                        tokens,
                        networks,
                        dialogues,
                        messages,
                        clock,
                        habits.zone(),
                        () -> health.checks(camel.context()),
                        health::metrics,
                        health.diagnosis(
                                administration,
                                listening.ringings(),
                                checkpoints,
                                branch -> signUp.team().verify(Actor.daemon(branch))),
                        campaigns,
                        book,
                        stores.audit(),
                        checkpoints,
                        settings.text(Setting.SECURITY_CONTACT),
                        people.users(),
                        settings.url(Setting.PUBLIC_URL),
                        rehearsals,
                        audiences,
                        audienceImport,
                        annotations,
                        listening.sources(),
                        listening.incoming(),
                        settings.text(Setting.ORGANISATION),
                        stores.mentions(),
                        listening.watches(),
                        listening.wordLists(),
                        listening.trial(),
                        listening.alerts(),
                        listening.searching().search(),
                        alerting,
                        engagements,
                        live,
                        rights,
                        signUpParts,
                        newslettering.parts()),
                new Web.Address(
                        settings.text(Setting.HTTP_HOST),
                        settings.number(Setting.HTTP_PORT),
                        settings.number(Setting.MANAGEMENT_PORT),
                        folder.file("media"),
                        proxies(settings)),
                adapters.files(),
                Desk.endpoints(desk));
        running.push(web);

        camel.bind("due", new DueComponent(clock));
        camel.bind("deliveries", engine.queue());
        camel.bind("dispatcher", engine.dispatcher());
        camel.bind("removals", remover);
        camel.bind("revisions", reviser);
        camel.bind(
                "audience",
                new AudienceCollector(
                        stores.store(),
                        stores.audience(),
                        stores.channels(),
                        subscribed,
                        stores.accounts(),
                        Stream.concat(adapters.audiences().stream(), Stream.of(subscribed))
                                .toList(),
                        channel -> administration.look(Actor.daemon(channel.branch()), channel.id()),
                        retry,
                        habits.zone(),
                        clock,
                        new Wakeup()));
        camel.bind("sources", listening.listener());
        camel.bind("rechecks", listening.rechecks());
        camel.bind("heard", listening.heard());
        camel.bind("watching", listening.watching());
        camel.bind("tides", listening.tides());
        camel.bind("indexing", listening.searching().indexing());
        camel.bind("rights", Rights.Keeping.of(rights, listening.searching().indexing(), stores.store()));
        camel.bind("signups", signUp.mailer());
        camel.bind("botreplies", bot.messenger());
        camel.bind("followers", signUp.hookSender());
        camel.bind("subscribers", signUp.retention(bot, logEmptying::soon));
        camel.bind("past", listening.searching().past());
        camel.bind("unanswered", listening.escalation());
        camel.bind("tellings", tellers.planner());
        camel.bind("dispatches", tellers.sender());
        camel.bind(
                "engagement",
                new EngagementCollector(
                        stores.store(),
                        stores.engagement(),
                        stores.deliveries(),
                        stores.channels(),
                        stores.accounts(),
                        adapters.metrics(),
                        channel -> administration.look(Actor.daemon(channel.branch()), channel.id()),
                        retry,
                        clock,
                        new Wakeup()));
        camel.bind("newsletters", newslettering.preparation());
        camel.bind("letters", newslettering.sending());
        camel.bind("returns", newslettering.returns());
        camel.bind("notices", notices(settings, stores, http, retry, messages, clock, noticeBell));
        camel.bind(
                "housekeeping",
                new Housekeeping(
                        stores,
                        uploads,
                        administration,
                        people,
                        checkpoints,
                        signUp.checkpoints(),
                        epoch,
                        left,
                        new TokenEnds(stores.store(), stores.tokens(), stores.notices(), clock),
                        clock));
        adapters.beans().forEach(camel::bind);
        running.push(newslettering.sending());
        camel.start();
        running.push(camel);
        running.push(newslettering.sending()::stop);
        running.push(listening.hearings()::close);
        listening.hearings().start();
        health.register(camel.context());
        return new Daemon(running, web, people.users());
    }

    /** A store that cannot be trusted ends the process at once: the supervisor starts another, which reads what is there. */
    private static StoreAlarm alarm(DiskReserve reserve, IntConsumer exit) {
        return new StoreAlarm() {
            @Override
            public void full() {
                reserve.release();
            }

            @Override
            public void broken(Throwable cause) {
                log.atError().setCause(cause).log("the store has failed: the daemon ends with 75");
                exit.accept(EXIT_TEMPORARY);
            }
        };
    }

    private static Object notices(
            Settings settings,
            Stores stores,
            OutboundHttp http,
            RetryPolicy retry,
            Messages messages,
            Clock clock,
            Wakeup bell) {
        if (settings.url(Setting.WEBHOOK_URL).isEmpty()) {
            return new NoNotices(bell);
        }
        Secret secret = settings.secret(Setting.WEBHOOK_SECRET)
                .orElseThrow(() -> new FaultException(
                        Kind.INVALID, Fault.at("/" + Setting.WEBHOOK_SECRET.key(), Message.of("app.webhook.secret"))));
        return new WebhookNotifier(
                stores.store(),
                stores.notices(),
                http,
                settings.url(Setting.WEBHOOK_URL).get(),
                secret,
                retry,
                messages,
                clock,
                bell);
    }

    private static TrustedProxies proxies(Settings settings) {
        try {
            return TrustedProxies.of(settings.text(Setting.TRUSTED_PROXIES));
        } catch (IllegalArgumentException e) {
            throw new FaultException(
                    Kind.INVALID,
                    Fault.at(
                            "/" + Setting.TRUSTED_PROXIES.key(),
                            Message.of("app.http.trusted-proxies", "entry", String.valueOf(e.getMessage()))));
        }
    }

    private static OutboundHttp http(Settings settings) {
        try {
            AddressGuard guard = new AddressGuard(Peer.parseAll(settings.text(Setting.HTTP_ALLOW)));
            Optional<Peer> proxy =
                    Peer.parseAll(settings.text(Setting.HTTP_PROXY)).stream().findFirst();
            @Nullable
            InetSocketAddress through = proxy.map(peer -> InetSocketAddress.createUnresolved(peer.host(), peer.port()))
                    .orElse(null);
            return new OutboundHttp(guard, "Tocsin/" + Version.get(), through, Ticker.system());
        } catch (IllegalArgumentException e) {
            throw new FaultException(
                    Kind.INVALID,
                    Fault.at("/" + Setting.HTTP_ALLOW.key(), Message.of("app.http.allow", "why", e.getMessage())));
        }
    }

    private static DeliverySettings deliverySettings(Settings settings) {
        return new DeliverySettings(
                settings.duration(Setting.DELIVERY_QUIET),
                settings.duration(Setting.DELIVERY_GRACE),
                settings.duration(Setting.DELIVERY_RETRY_MIN),
                settings.duration(Setting.DELIVERY_RETRY_MAX),
                settings.duration(Setting.DELIVERY_GIVE_UP),
                settings.number(Setting.DELIVERY_PROBES));
    }

    private static void clockJumped(Stores stores) {
        log.error(
                "the wall clock moved by more than a minute against the monotonic one: nothing is claimed for a while");
        stores.store().write(Urgency.DELIVERY, tx -> {
            stores.notices()
                    .raise(tx, BranchId.MAIN, Notices.Kind.CLOCK_JUMP, "clock", Message.of("delivery.clock.jump"));
            return true;
        });
    }

    /** @return the port of the main address */
    public int port() {
        return web.port();
    }

    /** @return the path of a fresh link for the first person; empty when somebody can sign in */
    public Optional<String> setupPath() {
        return users.empty(BranchId.MAIN)
                ? Optional.of("/desk/setup?token="
                        + users.setupLink(Actor.daemon(BranchId.MAIN)).reveal())
                : Optional.empty();
    }

    /** @return the port of the management address */
    public int managementPort() {
        return web.managementPort();
    }

    @Override
    public void close() {
        stop(running);
    }

    private static void stop(Deque<AutoCloseable> running) {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (IOException e) {
                log.atWarn().setCause(e).log("a part did not stop cleanly");
            } catch (Exception e) {
                log.atError().setCause(e).log("a part did not stop cleanly");
            }
        }
    }
}
