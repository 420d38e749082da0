package org.tocsin.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.mention.FakeStreams;
import org.tocsin.mention.HearingRig;
import org.tocsin.mention.Mention;
import org.tocsin.mention.SourceState;
import org.tocsin.mention.hearing.Streams;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.TestClock;

/** A tag is heard as it is said. */
class MastodonStreamTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
    private static final String LIST = "/api/v1/timelines/tag/jo2024";

    private final TestClock clock = new TestClock(START);
    private FakeStreams server;
    private OutboundHttp http;
    private HearingRig rig;
    private Streams streams;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        server = new FakeStreams();
        server.answer(LIST, "[]");
        http = new OutboundHttp(new AddressGuard(Set.of(server.peer())), "Tocsin/test", null, Ticker.system());
        rig = new HearingRig(folder, clock);
        Channel channel = new Channel(
                "masto",
                BranchId.MAIN,
                "Assemblée",
                "mastodon",
                Map.of("baseUrl", server.url("").toString()),
                Map.of("accessToken", Secret.of("the-token")),
                Instant.EPOCH);
        MastodonStream stream = new MastodonStream(http, http, clock);
        rig.listen(channel, stream.type(), "jo2024");
        streams = new Streams(rig.store, rig.sources, rig.channels, List.of(stream), rig.keeper(), clock).start();
        await().atMost(SOON).until(() -> server.streams() == 1 && rig.source().lastSuccessAt() != null);
    }

    @AfterEach
    void stop() throws IOException {
        streams.close();
        http.close();
        rig.close();
        server.close();
    }

    private static String status(int id, String text) {
        return "{\"id\":\"" + id + "\",\"created_at\":\"2026-11-26T10:00:00Z\",\"content\":\"<p>" + text
                + "</p>\",\"account\":{\"acct\":\"rose\"}}";
    }

    private void tell(String event, String payload) throws IOException {
        server.tell(Json.object().put("event", event).put("payload", payload).toString());
    }

    private void hears(String... texts) {
        await().atMost(SOON).untilAsserted(() -> assertThat(rig.texts()).containsExactly(texts));
    }

    @Test
    void what_is_said_changed_and_taken_back_is_told_at_once() throws IOException {
        tell("update", status(101, "un"));
        hears("un");
        assertThat(rig.heard()).extracting(Mention::history).containsExactly(false);
        tell("status.update", status(101, "un, corrigé"));
        hears("un, corrigé");
        tell("delete", "101");
        await().atMost(SOON).until(() -> rig.heard().getFirst().deletedAt() != null);
        assertThat(rig.heard()).hasSize(1);
        assertThat(server.requests().toString())
                .contains("stream=hashtag&tag=jo2024")
                .contains("Bearer the-token");
    }

    @Test
    void an_edit_that_brings_the_tag_is_the_first_that_is_heard_of_a_post_and_of_an_old_one_it_is_history()
            throws IOException {
        tell("status.update", status(7, "corrigé"));
        hears("corrigé");
        assertThat(rig.heard()).extracting(Mention::history).containsExactly(false);
        tell("status.update", status(6, "archive").replace("2026-11-26", "2026-11-25"));
        await().atMost(SOON).until(() -> rig.heard().size() == 2);
        assertThat(rig.heard())
                .filteredOn(one -> one.heard().text().equals("archive"))
                .extracting(Mention::history)
                .containsExactly(true);
        tell("status.update", status(7, "corrigé encore"));
        await().atMost(SOON).until(() -> rig.texts().contains("corrigé encore"));
        assertThat(rig.heard()).hasSize(2);
    }

    @Test
    void garbage_is_left_aside() throws IOException {
        for (String garbage : List.of("", "null", "[]", "{}", "{\"event\":7}", "x")) {
            server.tell(garbage);
        }
        tell("update", "{");
        tell("delete", "../../x");
        tell("update", status(101, "un"));
        hears("un");
    }

    @Test
    void what_was_said_while_there_was_no_connection_is_read_first() throws IOException {
        tell("update", status(101, "un"));
        hears("un");
        server.answer(LIST, "[" + status(102, "deux") + "," + status(101, "un") + "]");
        server.drop();
        await().atMost(SOON).until(() -> rig.source().attempts() == 1);
        clock.move(Duration.between(clock.instant(), rig.source().nextAt()));
        hears("un", "deux");
        await().atMost(SOON).until(() -> server.streams() == 1);
        tell("update", status(103, "trois"));
        hears("un", "deux", "trois");
        assertThat(rig.source().attempts()).isZero();
    }

    @Test
    void a_refused_token_holds_it() throws IOException {
        server.refuse(403);
        server.drop();
        await().atMost(SOON).until(() -> rig.source().attempts() == 1);
        clock.move(Duration.between(clock.instant(), rig.source().nextAt()));
        await().atMost(SOON).until(() -> rig.source().state() == SourceState.HELD);
        assertThat(rig.source().reason().code()).isEqualTo("heard.mastodon.scope");
    }

    @Test
    void one_that_is_paused_is_heard_no_longer() {
        rig.write(tx ->
                rig.sources.save(tx, rig.source(tx), rig.source(tx).in(SourceState.PAUSED, null, clock.instant())));
        await().atMost(SOON).until(() -> server.streams() == 0);
    }
}
