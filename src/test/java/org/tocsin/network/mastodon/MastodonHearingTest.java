package org.tocsin.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.base.Ticker;
import org.tocsin.base.Wakeup;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardServer;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.MentionSourceContract;
import org.tocsin.mention.Recheck;
import org.tocsin.mention.SourceState;
import org.tocsin.mention.hearing.Rechecks;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.TestClock;

/** Mastodon is heard: mentions, a tag, words. */
class MastodonHearingTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private static Channel channel(String origin) {
        return new Channel(
                "masto",
                BranchId.MAIN,
                "Assemblée",
                "mastodon",
                Map.of("baseUrl", origin),
                Map.of("accessToken", Secret.of(FakeMastodon.TOKEN)),
                Instant.EPOCH);
    }

    abstract static class Heard extends MentionSourceContract {
        abstract MastodonHearing.Of of();

        @Override
        protected HeardServer serve(TestClock time) throws IOException {
            return new HeardMastodon(time);
        }

        @Override
        protected MentionSource open(OutboundHttp client, TestClock time) {
            return new MastodonHearing(of(), client, time);
        }

        @Override
        protected Channel channel(HeardServer of) {
            return MastodonHearingTest.channel(of.origin());
        }

        @Override
        protected String query() {
            return of() == MastodonHearing.Of.MENTIONS ? null : "jo2024";
        }
    }

    @Nested
    class Mentions extends Heard {
        @Override
        MastodonHearing.Of of() {
            return MastodonHearing.Of.MENTIONS;
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void what_is_taken_back_goes_and_what_is_only_not_shown_to_us_stays(boolean many) {
            rig.read();
            HeardMastodon mastodon = (HeardMastodon) server;
            long first = server.say("un");
            long second = server.say("deux");
            IntStream.range(0, 25).forEach(i -> server.say("encore " + i));
            rig.read();
            if (!many) {
                mastodon.singly();
            }
            server.takeBack(first);
            mastodon.hide(second);
            rechecks().check();
            assertThat(left()).hasSize(26).contains("deux").doesNotContain("un");
            server.takeBack(second);
            server.nextReads(Behaviour.answer(503, ""));
            rechecks().check();
            assertThat(left()).as("not told is not gone").hasSize(26);
            rechecks().check();
            assertThat(left()).hasSize(25).doesNotContain("deux");
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

        @Test
        void a_token_that_may_not_read_holds_it_and_says_what_to_do() {
            server.nextReads(Behaviour.answer(403, "{\"error\":\"This action is outside the authorized scopes\"}"));
            assertThat(rig.read().state()).isEqualTo(SourceState.HELD);
            assertThat(rig.source().reason().code()).isEqualTo("heard.mastodon.scope");
        }
    }

    @Nested
    class Tag extends Heard {
        @Override
        MastodonHearing.Of of() {
            return MastodonHearing.Of.TAG;
        }

        @Test
        void what_another_server_sends_late_is_heard() {
            rig.read();
            IntStream.range(0, 3).forEach(i -> server.say("dit " + i));
            rig.read();
            ((HeardMastodon) server).sayLate("en retard");
            rig.read();
            rig.read();
            assertThat(rig.texts()).containsExactly("dit 0", "dit 1", "dit 2", "en retard");
            assertThat(rig.heard().getLast().history()).isFalse();
        }

        @Test
        void a_server_that_is_parked_takes_nothing_away() {
            rig.read();
            server.say("un");
            rig.read();
            ((HeardMastodon) server).park();
            new Rechecks(
                            rig.store,
                            rig.sources,
                            rig.channels,
                            rig.mentions,
                            List.of((Recheck) open(http, rig.clock)),
                            rig.clock,
                            new Wakeup())
                    .check();
            assertThat(rig.heard()).allMatch(one -> one.deletedAt() == null);
        }
    }

    @Nested
    class Search extends Heard {
        @Override
        MastodonHearing.Of of() {
            return MastodonHearing.Of.SEARCH;
        }

        @Override
        protected List<String> garbage() {
            return List.of("", "null", "[]", "{}", "{\"statuses\":7}", "{\"accounts\":[]}");
        }
    }

    @Test
    void a_tag_is_one_word() {
        try (OutboundHttp http = new OutboundHttp(new AddressGuard(Set.of()), "Tocsin/test", null, Ticker.system())) {
            MastodonHearing tag = new MastodonHearing(MastodonHearing.Of.TAG, http, new TestClock(NOW));
            assertThat(tag.query(" #JO2024 ")).contains("jo2024");
            assertThat(tag.query("École_publique")).contains("école_publique");
            assertThat(tag.query("deux mots")).isEmpty();
            assertThat(tag.query("../../x")).isEmpty();
        }
    }

    private static HeardItem item(String json) {
        return MastodonItems.of(channel("https://ville.social"), Json.read(json), NOW)
                .orElseThrow();
    }

    @Test
    void a_status_comes_with_all_that_its_server_says() {
        HeardItem item = item("""
                {"id":"1","created_at":"2026-11-26T09:00:00.000Z","language":"fr","visibility":"unlisted","url":"https://ailleurs.fr/@rose/1",
                "spoiler_text":"Politique","content":"<p>Bonjour <span class=\\"h-card\\"><a href=\\"https://ville.social/@mairie\\" class=\\"u-url mention\\">@<span>mairie</span></a></span>,<br>lire <a href=\\"https://ex.fr/a\\"><span class=\\"invisible\\">https://</span>ex.fr/a</a> <a href=\\"https://ville.social/tags/JO\\" class=\\"mention hashtag\\">#<span>JO</span></a></p>",
                "account":{"acct":"rose@ailleurs.fr","display_name":"Rose","url":"https://ailleurs.fr/@rose","followers_count":5},
                "tags":[{"name":"jo"}],"mentions":[{"acct":"mairie"}],"card":{"url":"https://ex.fr/carte"},"media_attachments":[{"id":"9"}],
                "in_reply_to_id":"7","favourites_count":1,"reblogs_count":2,"replies_count":3}""");
        assertThat(item.text()).isEqualTo("Politique\n\nBonjour @mairie,\nlire https://ex.fr/a #JO");
        assertThat(item.kind()).isEqualTo(ItemKind.REPLY);
        assertThat(item.author()).isEqualTo(new Author("Rose", "rose@ailleurs.fr", "https://ailleurs.fr/@rose"));
        assertThat(item.tags()).containsExactly("jo");
        assertThat(item.mentioned()).containsExactly("mairie@ville.social");
        assertThat(item.links()).containsExactly("https://ex.fr/a", "https://ex.fr/carte");
        assertThat(item.counts()).isEqualTo(new Counts(1L, 2L, 3L, 5L));
        assertThat(item.media()).isTrue();
    }

    @Test
    void boosts_and_quotes_are_about_something() {
        HeardItem boost = item(
                "{\"id\":\"2\",\"account\":{\"acct\":\"a\"},\"reblog\":{\"id\":\"1\",\"url\":\"https://x.fr/1\",\"content\":\"<p>un</p>\"}}");
        assertThat(boost.kind()).isEqualTo(ItemKind.REPOST);
        assertThat(boost.about()).isEqualTo("https://x.fr/1");
        assertThat(boost.text()).isEqualTo("un");
        HeardItem quote = item(
                "{\"id\":\"3\",\"content\":\"deux\",\"quote\":{\"state\":\"accepted\",\"quoted_status\":{\"id\":\"1\",\"url\":\"https://x.fr/1\"}}}");
        assertThat(quote.kind()).isEqualTo(ItemKind.QUOTE);
        assertThat(quote.about()).isEqualTo("https://x.fr/1");
    }

    @Test
    void what_was_written_for_the_account_alone_is_left_out() {
        assertThat(MastodonItems.of(
                        channel("https://ville.social"), Json.read("{\"id\":\"1\",\"visibility\":\"direct\"}"), NOW))
                .isEmpty();
    }

    @Test
    void a_link_that_is_no_web_address_is_no_link_and_a_date_ahead_is_now() {
        HeardItem item = item(
                "{\"id\":\"1\",\"created_at\":\"2999-01-01T00:00:00Z\",\"url\":\"javascript:alert(1)\",\"content\":\"<a href='javascript:x'>x</a>\"}");
        assertThat(item.url()).isNull();
        assertThat(item.links()).isEmpty();
        assertThat(item.publishedAt()).isEqualTo(NOW);
    }
}
