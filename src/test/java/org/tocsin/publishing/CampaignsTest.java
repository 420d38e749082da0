package org.tocsin.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlCampaigns;
import org.tocsin.sql.SqlStore;

/** Campaigns and the mention book: what was changed is in the audit trail, and what was not is not. */
class CampaignsTest {
    private static final Actor SOMEONE = Actor.daemon(BranchId.MAIN);

    private SqlStore store;
    private Campaigns campaigns;
    private MentionBookKeeping book;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        SqlAudit audit = new SqlAudit(new TestClock(Instant.parse("2026-12-01T10:00:00Z")));
        campaigns = new Campaigns(store, new SqlCampaigns(), audit);
        book = new MentionBookKeeping(store, new SqlCampaigns(), audit);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Campaigns.Wanted wanted(@Nullable String from, @Nullable String until, @Nullable Long version) {
        return new Campaigns.Wanted("vote", "Vote", "#Vote", from, until, List.of(), Map.of(), List.of(), version);
    }

    private String audited() {
        return store.read(tx -> Opened.text(tx, "select group_concat(action, ' ') from audit"));
    }

    @Test
    void a_campaign_is_saved_from_the_version_that_was_seen() {
        campaigns.save(SOMEONE, wanted("2027-01-01", "2027-02-01", null));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> campaigns.save(SOMEONE, wanted(null, null, null)))
                .matches(fault -> fault.kind() == FaultException.Kind.CONFLICT);
        campaigns.save(SOMEONE, wanted(null, null, 1L));
        assertThatExceptionOfType(FaultException.class).isThrownBy(() -> campaigns.remove(SOMEONE, "autre"));
        campaigns.remove(SOMEONE, "vote");
        assertThat(campaigns.all(SOMEONE)).isEmpty();
        assertThat(audited()).isEqualTo("campaign.save campaign.save campaign.remove");
    }

    @Test
    void every_fault_of_a_campaign_is_told_at_once() {
        Campaigns.Wanted wrong = new Campaigns.Wanted(
                "Vote !", null, "Vote", "demain", null, List.of(), Map.of("source", "x"), List.of(), null);
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> campaigns.save(SOMEONE, wrong))
                .satisfies(fault -> assertThat(fault.faults().stream().map(Fault::pointer))
                        .containsExactly("/id", "/hashtag", "/utm", "/domains", "/from"));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> campaigns.save(SOMEONE, wanted("2027-02-01", "2027-01-01", null)))
                .satisfies(
                        fault -> assertThat(fault.faults().getFirst().pointer()).isEqualTo("/until"));
    }

    @Test
    void a_name_is_struck_once() {
        book.save(SOMEONE, " mairie ", null, Map.of("mastodon", "@mairie@social.example"));
        assertThat(book.all(SOMEONE).getFirst().displayName()).isEqualTo("mairie");
        book.remove(SOMEONE, "mairie");
        assertThatExceptionOfType(FaultException.class).isThrownBy(() -> book.remove(SOMEONE, "mairie"));
        assertThatExceptionOfType(FaultException.class).isThrownBy(() -> book.save(SOMEONE, "a{b", null, Map.of()));
        assertThat(audited()).isEqualTo("mention.save mention.remove");
    }
}
