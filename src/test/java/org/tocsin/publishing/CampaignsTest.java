package org.tocsin.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.network.Networks;
import org.tocsin.network.TestClock;
import org.tocsin.network.reference.CardNetwork;
import org.tocsin.people.Actor;
import org.tocsin.post.MentionEntry;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlCampaigns;
import org.tocsin.sql.SqlChannels;
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
        campaigns = new Campaigns(store, new SqlCampaigns(), new SqlChannels(Opened.BOX), audit);
        book = new MentionBookKeeping(store, new SqlCampaigns(), new Networks(List.of(new CardNetwork(100))), audit);
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
    void a_domain_is_a_name_and_not_an_address() {
        Campaigns.Wanted address = new Campaigns.Wanted(
                "vote",
                null,
                null,
                null,
                null,
                List.of(),
                Map.of(),
                List.of("exemple.fr", "https://exemple.fr/"),
                null);
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> campaigns.save(SOMEONE, address))
                .satisfies(fault ->
                        assertThat(fault.faults().stream().map(Fault::pointer)).containsExactly("/domains/1"));
        Campaigns.Wanted name =
                new Campaigns.Wanted("vote", null, null, null, null, List.of(), Map.of(), List.of("Éxemple.FR"), null);
        assertThat(campaigns.save(SOMEONE, name).domains()).containsExactly("éxemple.fr");
    }

    @Test
    void a_name_is_struck_once() {
        book.save(SOMEONE, " mairie ", null, Map.of(CardNetwork.ID, "@mairie@social.example"));
        assertThat(book.all(SOMEONE).getFirst().displayName()).isEqualTo("mairie");
        book.remove(SOMEONE, "mairie");
        assertThatExceptionOfType(FaultException.class).isThrownBy(() -> book.remove(SOMEONE, "mairie"));
        assertThatExceptionOfType(FaultException.class).isThrownBy(() -> book.save(SOMEONE, "a{b", null, Map.of()));
        assertThat(audited()).isEqualTo("mention.save mention.remove");
    }

    @Test
    void of_two_who_change_what_both_have_seen_one_is_refused() throws Exception {
        for (int round = 0; round < 40; round++) {
            String name = "mairie" + round;
            MentionEntry seen = book.save(SOMEONE, name, "Mairie", Map.of());
            CyclicBarrier together = new CyclicBarrier(2);
            AtomicInteger saved = new AtomicInteger();
            List<Thread> writers = Stream.of("La mairie", "Notre mairie")
                    .map(shown -> Thread.ofVirtual().start(() -> {
                        try {
                            together.await();
                            book.save(SOMEONE, name.toUpperCase(Locale.ROOT), shown, Map.of(), there -> {
                                if (!there.equals(Optional.of(seen))) {
                                    throw FaultException.conflict(Message.of("desk.book.exists"));
                                }
                            });
                            saved.incrementAndGet();
                        } catch (FaultException refused) {
                            // One of the two.
                        } catch (InterruptedException | BrokenBarrierException e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .toList();
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(saved).hasValue(1);
        }
    }

    @Test
    void a_channel_and_a_network_that_there_are_not_are_told() {
        Campaigns.Wanted wrong =
                new Campaigns.Wanted("vote", null, null, null, null, List.of("nulle-part"), Map.of(), List.of(), null);
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> campaigns.save(SOMEONE, wrong))
                .satisfies(e -> assertThat(e.faults())
                        .extracting(fault -> fault.pointer())
                        .containsExactly("/channels/0"));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> book.save(SOMEONE, "mairie", null, Map.of("mastodone", "a@b.fr")))
                .satisfies(e -> assertThat(e.faults())
                        .extracting(fault -> fault.pointer())
                        .containsExactly("/handles/mastodone"));
        assertThat(book.all(SOMEONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mastodon, @mairie@exemple.social, true",
        "mastodon, mairie, false",
        "bluesky, mairie.exemple.fr, true",
        "bluesky, mairie, false",
        "x, mairie_fr, true",
        "x, un_nom_bien_trop_long, false",
        "x, mairie-fr, false",
        "telegram, @mairie_fr, true",
        "telegram, mair, false",
        "other, whatever!, true"
    })
    void a_handle_has_the_form_of_its_network(String network, String handle, boolean possible) {
        assertThat(Handles.possible(network, handle)).isEqualTo(possible);
    }
}
