package org.tocsin.app;

import java.time.Clock;
import java.util.Optional;
import org.tocsin.alert.NoticeRepository;
import org.tocsin.base.Ids;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.AccountRepository;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryStores;
import org.tocsin.delivery.FreezeRepository;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.media.MediaRepository;
import org.tocsin.network.SessionStore;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.TokenRepository;
import org.tocsin.post.CampaignRepository;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.RequestKeys;
import org.tocsin.sql.SecretBox;
import org.tocsin.sql.SqlAccounts;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlCampaigns;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlDeliveries;
import org.tocsin.sql.SqlFreezes;
import org.tocsin.sql.SqlMedia;
import org.tocsin.sql.SqlMeta;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlPosts;
import org.tocsin.sql.SqlRemovals;
import org.tocsin.sql.SqlRequestKeys;
import org.tocsin.sql.SqlSessions;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTokens;

/** The open store and its repositories. */
record Stores(
        SqlStore store,
        DeliveryRepository deliveries,
        ChannelRepository channels,
        AccountRepository accounts,
        FreezeRepository freezes,
        RemovalRepository removals,
        MediaRepository media,
        NoticeRepository notices,
        PostRepository posts,
        CampaignRepository campaigns,
        TokenRepository tokens,
        RequestKeys requestKeys,
        SessionStore sessions,
        AuditTrail audit,
        SqlMeta meta) {
    static Stores open(
            DataFolder folder, Optional<String> key, Ids ids, Clock clock, Wakeup noticeBell, boolean noticesSent) {
        SecretBox box = new SecretBox(folder.key(key));
        SqlStore store = SqlStore.open(folder.file("tocsin.db"));
        return new Stores(
                store,
                new SqlDeliveries(),
                new SqlChannels(box),
                new SqlAccounts(),
                new SqlFreezes(),
                new SqlRemovals(),
                new SqlMedia(),
                new SqlNotices(ids, clock, noticeBell, noticesSent),
                new SqlPosts(),
                new SqlCampaigns(),
                new SqlTokens(),
                new SqlRequestKeys(),
                new SqlSessions(store, box, clock),
                new SqlAudit(clock),
                new SqlMeta());
    }

    DeliveryStores ofDeliveries() {
        return new DeliveryStores(store, deliveries, channels, accounts, freezes, media, removals, notices);
    }
}
