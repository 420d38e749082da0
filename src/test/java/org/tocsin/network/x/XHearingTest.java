package org.tocsin.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.mention.Gap;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardServer;
import org.tocsin.mention.HearingRig;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.MentionSourceContract;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceState;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.TestClock;

/** X is heard, and never for more than was allowed. */
class XHearingTest {
    private static final YearMonth MONTH = YearMonth.of(2026, 11);

    abstract static class Heard extends MentionSourceContract {
        abstract XHearing.Of of();

        @Override
        protected HeardServer serve(TestClock time) throws IOException {
            return new HeardX(time);
        }

        @Override
        protected MentionSource open(OutboundHttp client, TestClock time) {
            return new XHearing(of(), client, new RetryAfter(time), time);
        }

        @Override
        protected Long ceiling() {
            return 50_000_000L;
        }

        /** A flood is read from its newest page backwards. */
        @Override
        protected boolean inOrder() {
            return false;
        }

        /** A post that was read is not asked for again: it would cost again. */
        @Override
        protected boolean tellsEdits() {
            return false;
        }

        @Override
        protected List<String> garbage() {
            return List.of("", "null", "7", "[]", "{}", "{\"data\":7}", "{\"errors\":[]}");
        }

        @Override
        protected Channel channel(HeardServer of) {
            return new Channel(
                    "x",
                    BranchId.MAIN,
                    "Assemblée",
                    "x",
                    Map.of("baseUrl", of.origin(), "accountId", "42"),
                    Map.of(
                            "consumerKey", Secret.of("consumer-key"),
                            "consumerSecret", Secret.of("consumer-secret"),
                            "accessToken", Secret.of("access-token"),
                            "accessTokenSecret", Secret.of("access-secret")),
                    Instant.EPOCH);
        }

        @Override
        protected String query() {
            return of() == XHearing.Of.MENTIONS ? null : "maire lang:fr";
        }

        long spent() {
            return rig.store.read(tx -> rig.sources.spent(tx, HearingRig.SOURCE, MONTH));
        }

        private long ofChannel() {
            return rig.store.read(tx -> rig.accounts.spent(tx, "x", MONTH));
        }

        @Test
        void what_was_read_is_paid_and_nothing_more() {
            say(250);
            for (int i = 0; i < 5; i++) {
                rig.read();
            }
            long price = of() == XHearing.Of.MENTIONS ? 1_000 : 5_000;
            assertThat(spent()).isEqualTo(((HeardX) server).charged() * price);
            assertThat(ofChannel()).isEqualTo(spent());
        }

        @Test
        void what_comes_at_once_where_nothing_had_come_is_read_to_its_end() {
            rig.read();
            rig.read();
            clock.move(Duration.ofMinutes(10));
            say(250);
            for (int i = 0; i < 4; i++) {
                rig.read();
            }
            assertThat(rig.texts()).hasSize(250).contains("dit 0", "dit 249");
            assertThat(rig.gaps()).isEmpty();
            assertThat(rig.heard()).noneMatch(Mention::history);
        }

        @Test
        void at_the_ceiling_it_waits_for_the_next_month() {
            rig.write(tx -> {
                rig.sources.spend(tx, HearingRig.SOURCE, MONTH, 49_999_000L);
                return true;
            });
            Source held = rig.read();
            assertThat(held.state()).isEqualTo(SourceState.HELD);
            assertThat(held.reason().code()).isEqualTo("heard.ceiling.source");
            assertThat(held.nextAt()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
            assertThat(server.requests()).isEmpty();
            server.say("un");
            assertThat(rig.read().state()).isEqualTo(SourceState.LISTENING);
            assertThat(rig.texts()).containsExactly("un");
        }

        @Test
        void what_may_have_been_charged_stays_booked() {
            rig.read();
            long before = spent();
            server.nextReads(Behaviour.drop());
            rig.read();
            assertThat(spent()).isGreaterThan(before);
            long unsure = spent();
            server.nextReads(Behaviour.answer(503, "{}"));
            rig.read();
            assertThat(spent()).isEqualTo(unsure);
        }
    }

    @Nested
    class Mentions extends Heard {
        @Override
        XHearing.Of of() {
            return XHearing.Of.MENTIONS;
        }
    }

    @Nested
    class Search extends Heard {
        @Override
        XHearing.Of of() {
            return XHearing.Of.SEARCH;
        }

        @Test
        void what_the_search_has_forgotten_is_told_as_a_gap() {
            server.say("un");
            rig.read();
            rig.write(tx -> rig.sources.save(tx, rig.source(tx), rig.source(tx).from("1")));
            clock.move(Duration.ofDays(9));
            server.say("deux");
            rig.read();
            assertThat(rig.gaps()).hasSize(1);
            assertThat(rig.texts()).containsExactly("un", "deux");
        }

        @Test
        void a_flood_after_a_long_silence_is_read_back_to_where_the_search_ends() {
            server.say("un");
            Instant well = rig.read().lastSuccessAt();
            clock.move(Duration.ofDays(9));
            say(250);
            Instant edge = clock.instant().minus(Duration.ofDays(7).minusHours(1));
            for (int i = 0; i < 4; i++) {
                rig.read();
            }
            assertThat(rig.texts()).hasSize(251).contains("dit 0", "dit 249");
            assertThat(rig.gaps()).containsExactly(new Gap(HearingRig.SOURCE, well, edge));
            server.say("trois");
            rig.read();
            assertThat(rig.texts()).hasSize(252);
        }

        @Test
        void what_the_search_forgets_while_it_is_read_back_is_told_as_a_gap() {
            long first = server.say("un");
            rig.read();
            Instant said = clock.instant();
            say(250);
            Source half = rig.read();
            assertThat(half.cursor()).contains(":");
            assertThat(rig.texts()).hasSize(101).doesNotContain("dit 0");
            clock.move(Duration.ofDays(5));
            server.say("deux");
            clock.move(Duration.ofDays(4));
            Source after = rig.read();
            assertThat(after.attempts()).as("first was %s", first).isZero();
            assertThat(rig.texts()).hasSize(102).contains("deux");
            assertThat(rig.gaps()).hasSize(1);
            assertThat(rig.gaps().getFirst().from()).isEqualTo(said);
        }
    }

    @Test
    void a_post_comes_with_what_its_entities_say() {
        HeardItem item = XItems.of(Json.read("""
                {"id":"1990000000000000001","text":"@mairie &amp; co https://t.co/a #JO","author_id":"7","lang":"qme","created_at":"2026-11-26T09:00:00.000Z",
                "entities":{"urls":[{"url":"https://t.co/a","expanded_url":"https://ex.fr/a"}],"hashtags":[{"tag":"JO"}],"mentions":[{"username":"mairie"}]},
                "referenced_tweets":[{"type":"replied_to","id":"1990000000000000000"}],"attachments":{"media_keys":["3_1"]},
                "public_metrics":{"like_count":1,"repost_count":2,"reply_count":-3}}"""), Instant.parse("2026-11-26T10:00:00Z"));
        assertThat(item.text()).isEqualTo("@mairie & co https://ex.fr/a #JO");
        assertThat(item.kind()).isEqualTo(ItemKind.REPLY);
        assertThat(item.about()).isEqualTo("https://x.com/i/web/status/1990000000000000000");
        assertThat(item.language()).isNull();
        assertThat(item.tags()).containsExactly("JO");
        assertThat(item.mentioned()).containsExactly("mairie");
        assertThat(item.links()).containsExactly("https://ex.fr/a");
        assertThat(item.counts().reposts()).isEqualTo(2);
        assertThat(item.counts().replies()).isNull();
        assertThat(item.media()).isTrue();
    }
}
