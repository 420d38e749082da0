package org.tocsin.app;

import java.time.Clock;
import java.util.Optional;
import org.tocsin.alert.NoticeRepository;
import org.tocsin.audience.AnnotationRepository;
import org.tocsin.audience.AudienceRepository;
import org.tocsin.audience.EngagementRepository;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.LiveEvents;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.AccountRepository;
import org.tocsin.delivery.ApprovalRepository;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryStores;
import org.tocsin.delivery.FreezeRepository;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.media.MediaRepository;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.SourceRepository;
import org.tocsin.mention.rights.ErasureRepository;
import org.tocsin.mention.rights.RespectedMentions;
import org.tocsin.network.SessionStore;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.OneTimeLinkRepository;
import org.tocsin.people.OrganisationRepository;
import org.tocsin.people.TokenRepository;
import org.tocsin.people.UserRepository;
import org.tocsin.people.WebSessionRepository;
import org.tocsin.post.CampaignRepository;
import org.tocsin.publishing.CalendarRepository;
import org.tocsin.publishing.DraftRepository;
import org.tocsin.publishing.ImportRepository;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.RequestKeys;
import org.tocsin.publishing.SlotRepository;
import org.tocsin.sql.SecretBox;
import org.tocsin.sql.SqlAccounts;
import org.tocsin.sql.SqlAlerts;
import org.tocsin.sql.SqlAnnotations;
import org.tocsin.sql.SqlApprovals;
import org.tocsin.sql.SqlAudience;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlCalendar;
import org.tocsin.sql.SqlCampaigns;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlDeliveries;
import org.tocsin.sql.SqlDrafts;
import org.tocsin.sql.SqlEngagement;
import org.tocsin.sql.SqlErasures;
import org.tocsin.sql.SqlFreezes;
import org.tocsin.sql.SqlImports;
import org.tocsin.sql.SqlMedia;
import org.tocsin.sql.SqlMentions;
import org.tocsin.sql.SqlMeta;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlOneTimeLinks;
import org.tocsin.sql.SqlOrganisation;
import org.tocsin.sql.SqlPosts;
import org.tocsin.sql.SqlRemovals;
import org.tocsin.sql.SqlRequestKeys;
import org.tocsin.sql.SqlRevisions;
import org.tocsin.sql.SqlSessions;
import org.tocsin.sql.SqlSlots;
import org.tocsin.sql.SqlSources;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTokens;
import org.tocsin.sql.SqlUsers;
import org.tocsin.sql.SqlWatchHits;
import org.tocsin.sql.SqlWatches;
import org.tocsin.sql.SqlWebSessions;
import org.tocsin.sql.StoreAlarm;
import org.tocsin.watch.keeping.AlertRepository;
import org.tocsin.watch.keeping.WatchHitRepository;
import org.tocsin.watch.keeping.WatchRepository;

/** The open store and its repositories. */
record Stores(
        SqlStore store,
        DeliveryRepository deliveries,
        ChannelRepository channels,
        AccountRepository accounts,
        FreezeRepository freezes,
        RemovalRepository removals,
        RevisionRepository revisions,
        ApprovalRepository approvals,
        MediaRepository media,
        NoticeRepository notices,
        PostRepository posts,
        CalendarRepository calendar,
        SlotRepository slots,
        ImportRepository imports,
        CampaignRepository campaigns,
        TokenRepository tokens,
        UserRepository users,
        WebSessionRepository webSessions,
        OneTimeLinkRepository links,
        OrganisationRepository organisation,
        RequestKeys requestKeys,
        DraftRepository drafts,
        SessionStore sessions,
        AudienceRepository audience,
        SourceRepository sources,
        MentionRepository mentions,
        ErasureRepository erasures,
        WatchRepository watches,
        WatchHitRepository watchHits,
        AlertRepository alerts,
        TellingStores telling,
        EngagementRepository engagement,
        AnnotationRepository annotations,
        AuditTrail audit,
        SqlMeta meta,
        SecretBox box) {
    private static final String PROOF = "key-proof";

    static Stores open(
            DataFolder folder,
            Optional<String> key,
            StoreAlarm alarm,
            Ids ids,
            Clock clock,
            Wakeup noticeBell,
            boolean noticesSent,
            LiveEvents events) {
        folder.requireDatabase();
        SecretBox box = new SecretBox(folder.key(key));
        SqlStore store = SqlStore.open(folder.file("tocsin.db"), folder.hasRun(), alarm);
        try {
            prove(
                    store,
                    box,
                    key.isPresent() ? "tocsin.key" : folder.file("secret.key").toString());
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        TellingStores telling = TellingStores.of(box, ids, clock);
        return new Stores(
                store,
                new SqlDeliveries(events),
                new SqlChannels(box),
                new SqlAccounts(),
                new SqlFreezes(),
                new SqlRemovals(),
                new SqlRevisions(events),
                new SqlApprovals(),
                new SqlMedia(),
                new SqlNotices(ids, clock, noticeBell, noticesSent, events, telling.outbox()::notice),
                new SqlPosts(),
                new SqlCalendar(),
                new SqlSlots(),
                new SqlImports(),
                new SqlCampaigns(),
                new SqlTokens(),
                new SqlUsers(box),
                new SqlWebSessions(),
                new SqlOneTimeLinks(),
                new SqlOrganisation(),
                new SqlRequestKeys(),
                new SqlDrafts(),
                new SqlSessions(store, box, clock),
                new SqlAudience(),
                new SqlSources(),
                new RespectedMentions(new SqlMentions(ids, events), new SqlErasures(), box::hash),
                new SqlErasures(),
                new SqlWatches(),
                new SqlWatchHits(),
                new SqlAlerts(),
                telling,
                new SqlEngagement(),
                new SqlAnnotations(),
                new SqlAudit(clock),
                new SqlMeta(),
                box);
    }

    /** A word that was sealed at the first start opens only with the key of that start. */
    private static void prove(SqlStore store, SecretBox box, String where) {
        SqlMeta meta = new SqlMeta();
        Optional<String> sealed = store.read(tx -> meta.get(tx, PROOF));
        if (sealed.isEmpty()) {
            store.write(Urgency.REQUEST, tx -> {
                meta.put(tx, PROOF, box.seal("meta." + PROOF, "tocsin"));
                return true;
            });
            return;
        }
        try {
            box.open("meta." + PROOF, sealed.get());
        } catch (IllegalStateException | IllegalArgumentException e) {
            FaultException fault = FaultException.invalid("/tocsin.key", Message.of("app.key.wrong", "where", where));
            fault.initCause(e);
            throw fault;
        }
    }

    DeliveryStores ofDeliveries() {
        return new DeliveryStores(
                store, deliveries, channels, accounts, freezes, media, removals, revisions, approvals, notices);
    }
}
