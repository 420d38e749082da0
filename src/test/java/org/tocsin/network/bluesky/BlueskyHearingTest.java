package org.tocsin.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.base.Wakeup;
import org.tocsin.http.OutboundHttp;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardServer;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.MentionSourceContract;
import org.tocsin.mention.Recheck;
import org.tocsin.mention.hearing.Rechecks;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.TestClock;

/** Bluesky is heard: notifications and its search. */
class BlueskyHearingTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    abstract static class Heard extends MentionSourceContract {
        private final MemorySessions sessions = new MemorySessions();

        abstract BlueskyHearing.Of of();

        @Override
        protected HeardServer serve(TestClock time) throws IOException {
            return new HeardBluesky(time);
        }

        @Override
        protected MentionSource open(OutboundHttp client, TestClock time) {
            return new BlueskyHearing(of(), client, sessions, time);
        }

        @Override
        protected Channel channel(HeardServer of) {
            return new Channel(
                    "bsky",
                    BranchId.MAIN,
                    "Assemblée",
                    "bluesky",
                    Map.of("baseUrl", of.origin(), "identifier", FakeBluesky.HANDLE),
                    Map.of("appPassword", Secret.of(FakeBluesky.APP_PASSWORD)),
                    Instant.EPOCH);
        }

        @Override
        protected String query() {
            return of() == BlueskyHearing.Of.MENTIONS ? null : "#JO2024";
        }

        private long signIns() {
            return server.requests().stream()
                    .filter(seen -> seen.path().endsWith("createSession"))
                    .count();
        }

        @Test
        void the_session_of_whoever_publishes_is_used_and_a_stale_one_renewed_once() {
            server.say("un");
            rig.read();
            rig.read();
            server.nextReads(Behaviour.answer(400, "{\"error\":\"ExpiredToken\",\"message\":\"Token has expired\"}"));
            assertThat(rig.read().attempts()).isZero();
            assertThat(signIns()).isEqualTo(1);
        }
    }

    @Nested
    class Mentions extends Heard {
        @Override
        BlueskyHearing.Of of() {
            return BlueskyHearing.Of.MENTIONS;
        }

        @Test
        void what_is_taken_back_goes_and_what_is_only_not_shown_to_us_stays() {
            rig.read();
            long first = server.say("un");
            long second = server.say("deux");
            IntStream.range(0, 30).forEach(i -> server.say("encore " + i));
            rig.read();
            server.takeBack(first);
            ((HeardBluesky) server).hide(second);
            rechecks().check();
            assertThat(left()).hasSize(31).contains("deux").doesNotContain("un");
            server.takeBack(second);
            server.nextReads(Behaviour.answer(503, ""));
            rechecks().check();
            assertThat(left()).as("not told is not gone").hasSize(31);
            rechecks().check();
            assertThat(left()).hasSize(30);
        }

        private List<String> left() {
            return rig.heard().stream()
                    .filter(one -> one.deletedAt() == null)
                    .map(one -> one.heard().text())
                    .toList();
        }

        private Rechecks rechecks() {
            return new Rechecks(
                    rig.store,
                    rig.sources,
                    rig.channels,
                    rig.mentions,
                    List.of((Recheck) open(http, rig.clock)),
                    rig.clock,
                    new Wakeup());
        }
    }

    @Nested
    class Search extends Heard {
        @Override
        BlueskyHearing.Of of() {
            return BlueskyHearing.Of.SEARCH;
        }

        @Test
        void one_tag_is_asked_for_as_a_tag() {
            rig.read();
            assertThat(server.requests().getLast().query("tag")).contains("JO2024");
        }
    }

    private static HeardItem item(String view) {
        return BlueskyItems.of(Json.read(view), NOW).orElseThrow();
    }

    @Test
    void a_post_comes_with_what_its_facets_say() {
        HeardItem item = item("""
                {"uri":"at://did:plc:rose/app.bsky.feed.post/3l1","author":{"did":"did:plc:rose","handle":"rose.test"},"record":{
                "text":"é @mairie.test #JO","createdAt":"2026-11-26T09:00:00Z","langs":["fr","en"],"tags":["sport"],
                "facets":[{"index":{"byteStart":3,"byteEnd":15},"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:m"}]},
                {"index":{"byteStart":16,"byteEnd":19},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"JO"}]},
                {"index":{"byteStart":0,"byteEnd":999},"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:far"}]},
                {"index":{},"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://ex.fr/a"},{"$type":"app.bsky.richtext.facet#link","uri":"javascript:x"}]}],
                "embed":{"$type":"app.bsky.embed.recordWithMedia","record":{"record":{"uri":"at://did:plc:x/app.bsky.feed.post/3l0"}},
                "media":{"external":{"uri":"https://ex.fr/carte"}}}}}""");
        assertThat(item.nativeId()).isEqualTo("at://did:plc:rose/app.bsky.feed.post/3l1");
        assertThat(item.kind()).isEqualTo(ItemKind.QUOTE);
        assertThat(item.about()).isEqualTo("https://bsky.app/profile/did:plc:x/post/3l0");
        assertThat(item.mentioned()).containsExactly("mairie.test", "did:plc:far");
        assertThat(item.tags()).containsExactly("JO", "sport");
        assertThat(item.links()).isEqualTo(List.of("https://ex.fr/a", "https://ex.fr/carte"));
        assertThat(item.language()).isEqualTo("fr");
        assertThat(item.author().handle()).isEqualTo("rose.test");
        assertThat(item.url()).isEqualTo("https://bsky.app/profile/did:plc:rose/post/3l1");
    }

    @Test
    void what_is_no_post_is_left_out() {
        for (String view : List.of(
                "{}",
                "{\"uri\":\"at://did:plc:rose/app.bsky.feed.like/1\",\"record\":{\"text\":\"x\"}}",
                "{\"uri\":\"at://did:plc:rose/app.bsky.feed.post/1\",\"record\":{\"text\":7}}")) {
            assertThat(BlueskyItems.of(Json.read(view), NOW)).isEmpty();
        }
    }
}
