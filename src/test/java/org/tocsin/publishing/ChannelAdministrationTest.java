package org.tocsin.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Wakeup;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Networks;
import org.tocsin.network.TestClock;
import org.tocsin.network.reference.CardNetwork;
import org.tocsin.people.Actor;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAccounts;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlDeliveries;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlSessions;
import org.tocsin.sql.SqlStore;

/** Channels are asked one by one, and what needs a person soon is told once. */
class ChannelAdministrationTest {
    private static final Instant START = Instant.parse("2026-12-01T10:00:00Z");
    private static final Actor DAEMON = Actor.daemon(BranchId.MAIN);

    private final TestClock clock = new TestClock(START);
    private final SqlChannels channels = new SqlChannels(Opened.BOX);
    private final SqlNotices notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);

    private SqlStore store;
    private ChannelAdministration administration;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        store = Opened.at(folder);
        administration = new ChannelAdministration(
                store,
                channels,
                new SqlAccounts(),
                new SqlDeliveries(),
                new SqlSessions(store, Opened.BOX, clock),
                new Networks(List.of(new CardNetwork(100))),
                notices,
                new SqlAudit(clock),
                clock,
                new Wakeup(),
                ChannelRule.NONE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void channel(String id, Map<String, String> settings) {
        administration.save(
                DAEMON, new ChannelAdministration.Wanted(id, null, CardNetwork.ID, settings, Map.of(), null, false));
    }

    private Channel checked(String name) {
        return administration.saveChecked(
                DAEMON, new ChannelAdministration.Wanted(name, name, CardNetwork.ID, Map.of(), Map.of(), null, false));
    }

    @Test
    void two_answers_at_once_make_one_channel_of_one_account() throws InterruptedException {
        ChannelAdministration.Wanted wanted = new ChannelAdministration.Wanted(
                null, null, CardNetwork.ID, Map.of("did", "did:plc:zoe"), Map.of(), null, false);
        CountDownLatch all = new CountDownLatch(8);
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    all.countDown();
                    try {
                        all.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    administration.connect(DAEMON, wanted, "Zoé");
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        List<Channel> made = store.read(tx -> channels.all(tx, BranchId.MAIN));
        assertThat(made).extracting(Channel::id).containsExactly(CardNetwork.ID);
    }

    private List<Notice> told() {
        return store.read(tx -> notices.page(tx, BranchId.MAIN, false, "", 100));
    }

    @Test
    void a_channel_that_cannot_be_asked_harms_no_other() {
        channel("broken", Map.of());
        channel("well", Map.of());
        administration.checkAll();
        assertThat(store.read(tx -> channels.health(tx, "well")).status()).isEqualTo(ChannelHealth.Status.OK);
    }

    @Test
    void what_the_network_refuses_is_not_kept_and_what_needs_attention_soon_is() {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> checked("refused"))
                .satisfies(
                        fault -> assertThat(fault.faults().getFirst().pointer()).isEqualTo("/secrets"));
        assertThat(store.<Boolean>read(tx -> channels.known(tx, "refused"))).isFalse();
        assertThat(checked("ending").id()).isEqualTo("ending");
        assertThat(checked("well").id()).isEqualTo("well");
    }

    @Test
    void a_token_that_ends_within_a_week_is_told_once_and_its_successor_again() {
        channel("one", Map.of("tokenExpiresAt", "2026-12-20T10:00:00Z"));
        administration.checkAll();
        assertThat(told()).isEmpty();
        clock.move(Duration.ofDays(13));
        administration.checkAll();
        administration.checkAll();
        assertThat(told()).hasSize(1).allSatisfy(notice -> {
            assertThat(notice.message().code()).isEqualTo("publishing.token.expiring");
            assertThat(notice.subject()).isEqualTo("one");
        });
        store.write(
                org.tocsin.base.UnitOfWork.Urgency.REQUEST,
                tx -> notices.acknowledge(tx, BranchId.MAIN, told().getFirst().id(), clock.instant()));
        administration.checkAll();
        assertThat(told()).as("acknowledged is not told anew").hasSize(1);
        channel("one", Map.of("tokenExpiresAt", "2026-12-16T10:00:00Z"));
        administration.checkAll();
        assertThat(told()).hasSize(2);
    }
}
