package org.tocsin.web;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tocsin.alert.NoticeRepository;
import org.tocsin.audience.keeping.Annotations;
import org.tocsin.audience.keeping.AudienceImport;
import org.tocsin.audience.keeping.Audiences;
import org.tocsin.audience.keeping.Engagements;
import org.tocsin.base.Messages;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.hearing.Incoming;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.mention.rights.PeoplesRights;
import org.tocsin.network.Networks;
import org.tocsin.people.AuditProof;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Tokens;
import org.tocsin.people.Users;
import org.tocsin.publishing.ApprovePost;
import org.tocsin.publishing.Campaigns;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.publishing.CorrectPost;
import org.tocsin.publishing.DeletePost;
import org.tocsin.publishing.DeliveryDecisions;
import org.tocsin.publishing.EditPost;
import org.tocsin.publishing.Freezes;
import org.tocsin.publishing.MediaUpload;
import org.tocsin.publishing.MentionBookKeeping;
import org.tocsin.publishing.PlanPost;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.PostTables;
import org.tocsin.publishing.RemovalDecisions;
import org.tocsin.publishing.RequestKeys;
import org.tocsin.publishing.RevisePost;
import org.tocsin.publishing.Slots;
import org.tocsin.publishing.SubmitPost;
import org.tocsin.search.Search;
import org.tocsin.watch.keeping.Alerts;
import org.tocsin.watch.keeping.ListKeeping;
import org.tocsin.watch.keeping.Trial;
import org.tocsin.watch.keeping.Watches;

/** Everything that is served, put together. */
public final class Web implements AutoCloseable {
    private final WebServer main;
    private final WebServer management;
    private final LiveStreams live;

    private Web(WebServer main, WebServer management, LiveStreams live) {
        this.main = main;
        this.management = management;
        this.live = live;
    }

    /** What is served. */
    public record Parts(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            RevisionRepository revisions,
            RemovalRepository removals,
            ChannelRepository channels,
            NoticeRepository notices,
            RequestKeys requestKeys,
            PlanPost planner,
            SubmitPost submit,
            CorrectPost correct,
            RevisePost revise,
            EditPost edit,
            ApprovePost approve,
            DeletePost delete,
            DeliveryDecisions decisions,
            RemovalDecisions removalDecisions,
            ChannelAdministration administration,
            Freezes freezes,
            Slots slots,
            PostTables postTables,
            MediaUpload uploads,
            Tokens tokens,
            Networks networks,
            ConnectDialogues dialogues,
            Messages messages,
            Clock clock,
            ZoneId zone,
            Supplier<Map<String, Boolean>> health,
            Supplier<String> metrics,
            Diagnosis diagnosis,
            Campaigns campaigns,
            MentionBookKeeping mentionBook,
            AuditTrail audit,
            AuditProof proof,
            String securityContact,
            Users users,
            Optional<URI> publicUrl,
            Rehearsals rehearsals,
            Audiences audiences,
            AudienceImport audienceImport,
            Annotations annotations,
            Sources sources,
            Incoming incoming,
            String organisation,
            MentionRepository mentions,
            Watches watches,
            ListKeeping wordLists,
            Trial trial,
            Alerts alerts,
            Search search,
            AlertingParts alerting,
            Engagements engagements,
            LiveStreams live,
            PeoplesRights rights,
            SignUpParts signUp,
            NewsletterParts newsletters) {}

    /**
     * Where it is served.
     *
     * @param host           of the main address
     * @param port           of the main address, 0 for a free one
     * @param managementPort on loopback, 0 for a free one
     * @param spool          folder for uploads while they arrive
     * @param proxies        which are believed when they say from where a request came
     */
    public record Address(String host, int port, int managementPort, Path spool, TrustedProxies proxies) {}

    /** Listens on both addresses. */
    public static Web start(
            WebEngine engine, Parts parts, Address address, List<ServedFile> files, List<Endpoint> pages) {
        Json json = new Json();
        Views views = new Views(parts.messages(), json);
        PostViews posts = new PostViews(parts.deliveries(), parts.revisions(), parts.removals(), views, json);
        Problems problems = new Problems(parts.messages(), json);
        IdempotencyKeys keys = new IdempotencyKeys(parts.unitOfWork(), parts.requestKeys(), parts.clock());
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.addAll(new PostsApi(
                        parts.unitOfWork(),
                        parts.posts(),
                        parts.deliveries(),
                        parts.planner(),
                        parts.submit(),
                        parts.correct(),
                        parts.edit(),
                        parts.delete(),
                        parts.alerting().heard().replies(),
                        parts.signUp().brings(),
                        keys,
                        new Corrections(parts.revise(), keys, posts, views, json, parts.clock()),
                        posts,
                        json,
                        parts.clock())
                .endpoints());
        endpoints.addAll(new ApprovalApi(parts.unitOfWork(), parts.deliveries(), parts.approve(), keys, posts, json)
                .endpoints());
        endpoints.addAll(new DeliveriesApi(
                        parts.unitOfWork(),
                        parts.deliveries(),
                        parts.revisions(),
                        parts.removals(),
                        parts.decisions(),
                        parts.removalDecisions(),
                        keys,
                        views,
                        json)
                .endpoints());
        endpoints.addAll(new ChannelsApi(
                        parts.unitOfWork(),
                        parts.channels(),
                        parts.administration(),
                        parts.networks(),
                        keys,
                        views,
                        json)
                .endpoints());
        endpoints.addAll(new SlotsApi(parts.slots(), keys, json).endpoints());
        endpoints.addAll(new ImportApi(parts.postTables(), keys, views, json).endpoints());
        endpoints.addAll(new ConnectApi(parts.dialogues(), views, json).endpoints());
        endpoints.addAll(new OperationsApi(
                        parts.unitOfWork(),
                        parts.freezes(),
                        parts.uploads(),
                        parts.notices(),
                        parts.alerting().seen(),
                        parts.tokens(),
                        parts.audit(),
                        keys,
                        views,
                        json)
                .endpoints());
        PublicPages open = new PublicPages(
                parts.unitOfWork(),
                parts.deliveries(),
                parts.removals(),
                parts.rehearsals(),
                parts.freezes(),
                views,
                parts.zone(),
                parts.clock());
        endpoints.addAll(open.endpoints());
        endpoints.addAll(
                new SecurityApi(parts.securityContact(), parts.publicUrl(), parts.proof(), views, json, parts.clock())
                        .endpoints());
        endpoints.addAll(new HealthPages(parts.health(), parts.diagnosis(), views, json).endpoints());
        endpoints.addAll(new CampaignsApi(
                        parts.campaigns(), parts.mentionBook(), parts.signUp().brings(), keys, json)
                .endpoints());
        endpoints.addAll(
                new AudienceApi(parts.audiences(), parts.audienceImport(), parts.annotations(), keys, views, json)
                        .endpoints());
        // Before what takes any name in the place of an id.
        endpoints.addAll(
                new IncomingApi(parts.incoming(), parts.sources(), parts.organisation(), keys, json).endpoints());
        endpoints.addAll(
                new SourcesApi(parts.sources(), parts.incoming(), keys, views, json, parts.clock()).endpoints());
        // Before what would take its name for the id of a watch.
        endpoints.addAll(new WorkApi(parts.alerting().heard().work(), keys, json).endpoints());
        endpoints.addAll(new VoiceApi(parts.alerting().heard().voices(), json).endpoints());
        endpoints.addAll(new WatchesApi(
                        parts.watches(),
                        parts.trial(),
                        parts.alerting().ringings(),
                        parts.messages(),
                        keys,
                        views,
                        json,
                        parts.clock())
                .endpoints());
        endpoints.addAll(new AlertsApi(parts.alerts(), keys, json).endpoints());
        // Before the mention of an id, whose place it would take.
        endpoints.addAll(
                new SearchApi(parts.search(), parts.sources(), parts.watches(), parts.zone(), json).endpoints());
        endpoints.addAll(new RecipientsApi(parts.alerting(), keys, views, json).endpoints());
        endpoints.addAll(new MentionsApi(parts.unitOfWork(), parts.mentions(), json).endpoints());
        endpoints.addAll(new WordListsApi(parts.wordLists(), keys, json).endpoints());
        endpoints.addAll(new EngagementApi(parts.engagements(), views, json).endpoints());
        endpoints.addAll(new PeopleApi(parts.users(), parts.publicUrl(), json).endpoints());
        endpoints.addAll(new RehearsalApi(parts.rehearsals(), json).endpoints());
        endpoints.addAll(new LiveApi(parts.live(), parts.tokens(), parts.messages()).endpoints());
        endpoints.addAll(new RightsApi(parts.rights(), keys, views, json).endpoints());
        endpoints.addAll(new AckPage(parts.alerting().acknowledging(), views).endpoints());
        endpoints.addAll(new PrivacyPage(parts.rights(), views).endpoints());
        PublicShell shell = new PublicShell(views);
        endpoints.addAll(new SignUpApi(parts.signUp(), keys, json).endpoints());
        endpoints.addAll(new SubscriptionHookApi(parts.signUp(), views, json).endpoints());
        endpoints.addAll(new ProcessingApi(parts.signUp(), json).endpoints());
        endpoints.addAll(new SubscribersApi(parts.signUp(), keys, views, json).endpoints());
        endpoints.addAll(new PersonRequestsApi(parts.signUp().requests(), keys, json).endpoints());
        endpoints.addAll(new SignUpPages(parts.signUp(), shell).endpoints());
        endpoints.addAll(new LeavingPages(parts.signUp(), shell).endpoints());
        endpoints.addAll(new PersonPages(parts.signUp(), shell, views, json).endpoints());
        endpoints.addAll(new NewsletterPrivacy(parts.signUp(), shell).endpoints());
        endpoints.addAll(new LetterPages(parts.newsletters()).endpoints());
        endpoints.addAll(new BouncesApi(parts.newsletters().bounces(), views, json).endpoints());
        endpoints.addAll(new NewslettersApi(parts.newsletters(), keys, views, json, parts.zone()).endpoints());
        endpoints.addAll(OpenApi.endpoints());
        endpoints.addAll(pages);
        files.forEach(file -> endpoints.add(Endpoint.get(file.path(), null, request -> open.serve(file, request))));
        List<Endpoint> managed = List.of(Endpoint.get(
                "/metrics",
                null,
                request -> Response.text(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        parts.metrics().get())));
        WebServer main = WebServer.start(
                engine.vertx(),
                address.spool(),
                parts.uploads()::admit,
                new WebServer.At(
                        address.host(),
                        address.port(),
                        parts.zone(),
                        address.proxies(),
                        new PublicWay(parts.publicUrl())),
                endpoints,
                parts.tokens(),
                problems);
        try {
            WebServer management = WebServer.start(
                    engine.vertx(),
                    address.spool(),
                    () -> {},
                    new WebServer.At(
                            "127.0.0.1",
                            address.managementPort(),
                            parts.zone(),
                            TrustedProxies.of(""),
                            new PublicWay(Optional.empty())),
                    managed,
                    parts.tokens(),
                    problems);
            return new Web(main, management, parts.live().start());
        } catch (RuntimeException e) {
            main.close();
            throw e;
        }
    }

    /** @return the port of the main address */
    public int port() {
        return main.port();
    }

    /** @return the port of the management address */
    public int managementPort() {
        return management.port();
    }

    @Override
    public void close() {
        live.close();
        main.close();
        management.close();
    }
}
