package org.tocsin.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.mention.FakeStreams;
import org.tocsin.mention.HearingRig;
import org.tocsin.mention.hearing.Streams;
import org.tocsin.network.TestClock;

/** All of Bluesky goes by, and only what is wanted stays. */
class BlueskyStreamTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
    private static final long NOW = START.getEpochSecond() * 1_000_000;

    private final TestClock clock = new TestClock(START);
    private FakeStreams server;
    private OutboundHttp http;
    private HearingRig rig;
    private Streams streams;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        server = new FakeStreams();
        http = new OutboundHttp(new AddressGuard(Set.of(server.peer())), "Tocsin/test", null, Ticker.system());
        rig = new HearingRig(folder, clock);
        BlueskyStream stream = new BlueskyStream(
                server.url("/subscribe"), http, (source, item) -> item.text().contains("maire"), clock);
        rig.listen(null, stream.type(), null);
        streams = new Streams(rig.store, rig.sources, rig.channels, List.of(stream), rig.keeper(), clock).start();
        await().atMost(SOON).until(() -> server.streams() == 1);
    }

    @AfterEach
    void stop() throws IOException {
        streams.close();
        http.close();
        rig.close();
        server.close();
    }

    private void event(long second, String operation, String rkey, String text) throws IOException {
        server.tell("{\"did\":\"did:plc:rose\",\"time_us\":" + (NOW + second * 1_000_000)
                + ",\"kind\":\"commit\",\"commit\":{\"operation\":\"" + operation
                + "\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"" + rkey
                + "\",\"record\":{\"text\":\"" + text + "\",\"createdAt\":\"2026-11-26T10:00:00Z\"}}}");
    }

    private void hears(String... texts) {
        await().atMost(SOON).untilAsserted(() -> assertThat(rig.texts()).containsExactly(texts));
    }

    @Test
    void only_what_is_wanted_is_kept_and_the_cursor_with_it() throws IOException {
        event(1, "create", "a", "autre chose");
        event(2, "create", "b", "le maire a parlé");
        event(3, "create", "c", "rien");
        hears("le maire a parlé");
        assertThat(rig.heard().getFirst().heard().url()).isEqualTo("https://bsky.app/profile/did:plc:rose/post/b");
        assertThat(rig.source().cursor()).isEqualTo(String.valueOf(NOW + 2_000_000));
        event(4, "update", "b", "le maire a parlé, corrigé");
        hears("le maire a parlé, corrigé");
        event(5, "delete", "b", "");
        clock.move(Duration.ofSeconds(6));
        event(6, "create", "d", "rien");
        await().atMost(SOON).until(() -> rig.heard().getFirst().deletedAt() != null);
    }

    @Test
    void an_edit_that_takes_the_watched_word_out_changes_what_is_kept() throws IOException {
        event(1, "create", "a", "le maire a parlé");
        hears("le maire a parlé");
        event(2, "update", "a", "il a parlé");
        event(3, "update", "z", "jamais gardé");
        clock.move(Duration.ofSeconds(6));
        event(4, "create", "n", "rien");
        hears("il a parlé");
        event(5, "update", "a", "elle a parlé");
        event(6, "update", "a", "la maire a parlé");
        hears("la maire a parlé");
    }

    private void account(long second, String did, boolean active, String status) throws IOException {
        server.tell("{\"did\":\"" + did + "\",\"time_us\":" + (NOW + second * 1_000_000)
                + ",\"kind\":\"account\",\"account\":{\"active\":" + active + ",\"did\":\"" + did
                + "\",\"seq\":1,\"status\":\""
                + status + "\",\"time\":\"2026-11-26T10:00:00Z\"}}");
    }

    private void left(String... texts) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(rig.heard().stream()
                                .filter(one -> one.deletedAt() == null)
                                .map(one -> one.heard().text()))
                        .containsExactly(texts));
    }

    @Test
    void an_account_that_is_deleted_or_taken_down_takes_its_posts_with_it() throws IOException {
        for (String status : List.of("takendown", "deleted")) {
            event(1, "create", status, "le maire de " + status);
            left("le maire de " + status);
            account(2, "did:plc:rose", true, "");
            account(3, "did:plc:rose", false, "deactivated");
            account(4, "did:plc:other", false, status);
            clock.move(Duration.ofSeconds(6));
            event(5, "create", "n", "rien");
            event(6, "create", status + "2", "maire encore");
            left("le maire de " + status, "maire encore");
            account(7, "did:plc:rose", false, status);
            clock.move(Duration.ofSeconds(6));
            event(8, "create", "n", "rien");
            left();
        }
    }

    @Test
    void it_begins_again_a_little_before_where_it_was_and_keeps_nothing_twice() throws IOException {
        event(1, "create", "a", "maire");
        hears("maire");
        server.drop();
        await().atMost(SOON).until(() -> rig.source().attempts() == 1);
        clock.move(Duration.between(clock.instant(), rig.source().nextAt()));
        await().atMost(SOON).until(() -> server.streams() == 1);
        assertThat(server.requests().getLast()).contains("cursor=" + (NOW + 1_000_000 - 5_000_000));
        event(1, "create", "a", "maire");
        event(2, "create", "b", "maire encore");
        hears("maire", "maire encore");
        assertThat(rig.gaps()).isEmpty();
    }

    @Test
    void where_the_server_has_forgotten_what_came_between_a_gap_is_told() throws IOException {
        event(1, "create", "a", "maire");
        hears("maire");
        server.drop();
        await().atMost(SOON).until(() -> rig.source().attempts() == 1);
        clock.move(Duration.ofHours(1));
        await().atMost(SOON).until(() -> server.streams() == 1);
        event(3_000, "create", "b", "maire encore");
        hears("maire", "maire encore");
        assertThat(rig.gaps()).hasSize(1);
    }

    @Test
    void what_is_dated_ahead_or_is_garbage_does_not_move_it() throws IOException {
        for (String garbage : List.of("", "[]", "{\"time_us\":\"x\"}", "{\"kind\":\"account\",\"did\":7}")) {
            server.tell(garbage);
        }
        event(9_999_999, "create", "z", "maire du futur");
        hears("maire du futur");
        assertThat(Long.parseLong(rig.source().cursor())).isLessThanOrEqualTo(NOW);
    }
}
