package org.tocsin.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.network.Behaviour;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Draft;
import org.tocsin.network.EditResult;
import org.tocsin.network.Editing;
import org.tocsin.network.Effect;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Intent;
import org.tocsin.network.Json;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkKit;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.ReplyTarget;
import org.tocsin.network.Rewording;
import org.tocsin.network.Segment;
import org.tocsin.network.TestClock;
import org.tocsin.network.UploadResult;

/** What Mastodon has beyond the contract. */
class MastodonNetworkTest extends NetworkKit {
    private FakeMastodon mastodon;

    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        MastodonBinding made = new MastodonBinding(clock, "4.5.2", Guarantee.Kind.WINDOWED);
        mastodon = (FakeMastodon) made.server();
        return made;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4.5.2                                      | WINDOWED
            4.4.0-beta.1+glitch                        | WINDOWED
            4.3.0+hometown-1.1                         | WINDOWED
            2.7.2 (compatible; Akkoma 3.13.2)          | PROBED
            3.5.3 (compatible; Pixelfed 0.12.4)        | PROBED
            4.0.0 (not true; snac/2.70)                | PROBED
            0.19.1+git-5f4e1d5                         | PROBED
            """)
    void only_mastodon_itself_is_trusted_to_keep_the_key(String version, Guarantee.Kind kind) {
        mastodon.version(version);
        assertThat(network.guarantee(channel).kind()).isEqualTo(kind);
        Duration window = kind == Guarantee.Kind.WINDOWED ? Duration.ofMinutes(50) : Duration.ZERO;
        assertThat(network.guarantee(channel).window()).isEqualTo(window);
    }

    @Test
    void limits_are_asked_once_an_hour_and_an_old_server_by_the_old_way() {
        assertThat(network.limits(channel).maxText()).isEqualTo(500);
        network.limits(channel);
        assertThat(mastodon.requests()).hasSize(1);
        mastodon.oldApi();
        clock.move(Duration.ofMinutes(61));
        assertThat(network.limits(channel).maxText()).isEqualTo(5000);
        assertThat(network.limits(channel).source()).isEqualTo("/api/v1/instance");
        assertThat(network.limits(setting(channel, "limit.maxText", "300")).maxText())
                .isEqualTo(300);
    }

    @Test
    void gotosocial_counts_code_points_and_links_in_full() {
        mastodon.version("0.19.1+git-5f4e1d5");
        Draft draft = new Draft("👨\u200D👩\u200D👧 https://example.org/long @a@b.example", "cw", false);
        assertThat(network.measure(channel, draft).actual()).isEqualTo(2 + 5 + 1 + 24 + 1 + 12);
        assertThat(network.measure(channel, draft).unit()).isEqualTo("code-points");
    }

    @Test
    void the_warning_counts_and_goes_out_with_visibility_and_language() {
        Draft draft = new Draft("texte", "attention", false);
        assertThat(network.measure(channel, draft).actual()).isEqualTo(14);
        RemoteRef answered = new RemoteRef("42", "https://x.example/@a/42", Map.of());
        published(intent(
                new Segment(0, 1, "texte", List.of(), "fr-BE", "attention", "unlisted", null, answered),
                null,
                List.of()));
        assertThat(Json.read(mastodon.creates().getFirst().body()))
                .isEqualTo(Json.read("{\"status\":\"texte\",\"in_reply_to_id\":\"42\",\"spoiler_text\":\"attention\","
                        + "\"sensitive\":true,\"visibility\":\"unlisted\",\"language\":\"fr\"}"));
        Segment hidden = new Segment(0, 1, "texte", List.of(), "fr", null, "secret", null, null);
        assertThat(network.render(channel, hidden, network.newKey(), null, List.of()))
                .isInstanceOf(RenderResult.NotRendered.class);
    }

    @Test
    void an_attachment_is_asked_for_until_it_is_ready() throws IOException {
        mastodon.slowMedia(2);
        UploadResult first = network.upload(channel, image("place"));
        assertThat(first).isInstanceOf(UploadResult.Processing.class);
        String handle = ((UploadResult.Processing) first).handle();
        assertThat(network.uploadState(channel, handle)).isInstanceOf(UploadResult.Processing.class);
        assertThat(network.uploadState(channel, handle)).isEqualTo(new UploadResult.Uploaded(handle));
        mastodon.slowMedia(-1);
        String broken = ((UploadResult.Processing) network.upload(channel, image("x"))).handle();
        assertThat(network.uploadState(channel, broken))
                .isInstanceOfSatisfying(
                        UploadResult.Failed.class,
                        failed -> assertThat(failed.outcome()).isInstanceOf(PublishResult.Refused.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {-600, 0, 600})
    void a_server_whose_clock_is_wrong_is_searched_by_its_own_time(int seconds) {
        mastodon.skew(Duration.ofSeconds(seconds));
        mastodon.plant("Twice", clock.instant().plusSeconds(seconds).minusSeconds(30));
        Intent intent = intent("Twice");
        mastodon.nextCreates(Behaviour.dropAfterEffect());
        network.publish(channel, intent);
        clock.move(Duration.ofSeconds(60));
        Effect mine = mastodon.effects().getLast();
        assertThat(network.find(channel, intent))
                .isInstanceOfSatisfying(
                        FindResult.Found.class,
                        found -> assertThat(found.receipt().remoteId()).isEqualTo(mine.remoteId()));
        assertThat(network.find(channel, taking(intent, mine.remoteId()::equals)))
                .isEqualTo(new FindResult.AbsentAsOf(clock.instant()));
    }

    @Test
    void the_search_turns_pages_and_gives_up_rather_than_guess() {
        Intent intent = intent("Deep");
        mastodon.nextCreates(Behaviour.dropAfterEffect());
        network.publish(channel, intent);
        plantMany(100);
        assertThat(network.find(channel, intent)).isInstanceOf(FindResult.Found.class);
        plantMany(400);
        assertThat(network.find(channel, intent)).isInstanceOf(FindResult.Inconclusive.class);
    }

    private void plantMany(int count) {
        Instant later = clock.instant().plusSeconds(10);
        for (int i = 0; i < count; i++) {
            mastodon.plant("Chatter " + i, later);
        }
    }

    @Test
    void the_same_text_as_an_answer_to_something_else_is_not_it() {
        Receipt parent = published(intent("Parent"));
        Intent answer = intent(segment("Same"), parent, List.of());
        mastodon.nextCreates(Behaviour.drop());
        network.publish(channel, answer);
        mastodon.plant("Same", clock.instant());
        assertThat(network.find(channel, answer)).isInstanceOf(FindResult.AbsentAsOf.class);
    }

    @Test
    void html_is_compared_as_a_reader_sees_it() {
        String text =
                "Un & deux\n\nhttps://exemple.fr/une/tres/longue/adresse/qui/est/coupee merci @alice@social.example #tag";
        String html = "<p>Un &amp; deux</p><p><a href=\"x\"><span class=\"invisible\">https://</span>"
                + "<span class=\"ellipsis\">exemple.fr/une/tres/longue</span><span class=\"invisible\">"
                + "/adresse/qui/est/coupee</span></a> merci <span class=\"h-card\"><a href=\"x\">@<span>alice</span></a>"
                + "</span> <a class=\"hashtag\">#<span>tag</span></a></p>";
        assertThat(MastodonText.same(html, text)).isTrue();
        assertThat(MastodonText.same(html, text.replace("deux", "trois"))).isFalse();
    }

    @Test
    void another_account_or_a_missing_scope_is_told_apart() {
        assertThat(network.check(setting(channel, "accountId", FakeMastodon.ACCOUNT))
                        .status())
                .isEqualTo(ChannelHealth.Status.OK);
        ChannelHealth other = network.check(setting(channel, "accountId", "99"));
        assertThat(other.status()).isEqualTo(ChannelHealth.Status.UNAUTHORIZED);
        assertThat(other.reason().message().code()).isEqualTo("mastodon.account.other");
        assertThat(network.publish(setting(channel, "accountId", "99"), intent("Whose")))
                .isInstanceOfSatisfying(PublishResult.Unauthorized.class, outcome -> {
                    assertThat(outcome.reason().message().code()).isEqualTo("mastodon.account.published");
                    assertThat(outcome.reason().message().args().toString()).contains("http");
                });
        mastodon.scopes("[\"read\",\"write:media\"]");
        assertThat(network.check(channel).reason().message().code()).isEqualTo("mastodon.scope.missing");
    }

    @Test
    void a_server_that_hangs_while_it_is_asked_again_keeps_nobody_waiting() throws Exception {
        network.limits(channel);
        clock.move(Duration.ofHours(2));
        mastodon.hangInstance();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> asking = threads.submit(() -> network.limits(channel));
            mastodon.awaitInstance();
            assertThat(network.limits(channel).maxText()).isEqualTo(500);
            assertThat(asking.isDone()).isFalse();
            mastodon.releaseInstance();
            asking.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_permalink_that_is_no_web_address_is_left_out() {
        mastodon.nextCreates(Behaviour.answer(200, "{\"id\":\"1\",\"url\":\"javascript:alert(1)\"}"));
        assertThat(published(intent("Link")).url()).isNull();
    }

    @Test
    void an_address_is_resolved_by_the_server() {
        Effect effect = mastodon.plant("Remote", clock.instant());
        URI url = URI.create("https://other.example/@bob/" + effect.remoteId());
        assertThat(network.reference(channel, url))
                .hasValueSatisfying(ref -> assertThat(ref.remoteId()).isEqualTo(effect.remoteId()));
        assertThat(network.reference(channel, URI.create("https://other.example/about")))
                .isEmpty();
        assertThat(network.own(channel, url))
                .as("what the account published is on its own server")
                .isEmpty();
        URI here = URI.create("https://127.0.0.1/@bob/" + effect.remoteId());
        assertThat(network.own(channel, here))
                .hasValueSatisfying(ref -> assertThat(ref.remoteId()).isEqualTo(effect.remoteId()));
        assertThat(network.own(channel, URI.create("https://127.0.0.1.evil.example/@bob/" + effect.remoteId())))
                .isEmpty();
        assertThat(network.ownLike(channel)).startsWith("https://127.0.0.1/@");
        RemoteRef named = new RemoteRef("", url.toString(), Map.of());
        assertThat(network.target(channel, named))
                .isInstanceOfSatisfying(
                        ReplyTarget.Found.class,
                        found -> assertThat(found.ref().remoteId()).isEqualTo(effect.remoteId()));
        assertThat(network.target(channel, new RemoteRef("", "https://other.example/about", Map.of())))
                .isInstanceOfSatisfying(
                        ReplyTarget.NotFound.class,
                        not -> assertThat(not.outcome()).isInstanceOf(PublishResult.Refused.class));
    }

    @Test
    void malformed_addresses_are_named() {
        for (String address :
                List.of("ftp://x.example", "https://x.example/path", "https://a@x.example", "http://x.example", " ")) {
            assertThat(network.validate(setting(channel, "baseUrl", address)))
                    .as(address)
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/settings/baseUrl"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void a_server_that_has_no_editing_refuses_and_leads_to_an_erratum(int status) {
        Receipt receipt = published(intent("Rendez-vous à 18 h"));
        mastodon.noEditing(status);
        assertThat(edit(receipt, "Rendez-vous à 19 h", null))
                .isInstanceOfSatisfying(
                        EditResult.Refused.class,
                        refused -> assertThat(refused.reason().message().code()).isEqualTo("mastodon.edit.none"));
        assertThat(mastodon.effects()).extracting(Effect::text).containsExactly("Rendez-vous à 18 h");
    }

    @Test
    void an_edit_says_the_whole_status_so_that_a_warning_can_come_and_go() {
        Receipt receipt = published(intent("Rendez-vous à 18 h"));
        edit(receipt, "Rendez-vous à 19 h", "Horaire");
        assertThat(Json.read(mastodon.edits().getLast().body()).toString())
                .isEqualTo("{\"status\":\"Rendez-vous à 19 h\",\"spoiler_text\":\"Horaire\",\"sensitive\":true,"
                        + "\"language\":\"fr\",\"media_ids\":[],\"media_attributes\":[]}");
        edit(receipt, "Rendez-vous à 19 h", null);
        assertThat(Json.read(mastodon.edits().getLast().body())
                        .path("spoiler_text")
                        .asText())
                .isEmpty();
    }

    @Test
    void an_image_whose_id_is_not_known_is_not_lost_by_an_edit() {
        Receipt receipt = published(intent("Affiche"));
        Rewording without =
                new Rewording(receipt, "Affiche", "fr", null, null, List.of(new Rewording.Picture("", "Une affiche")));
        assertThat(network.editing(channel).orElseThrow().render(channel, without))
                .isInstanceOfSatisfying(
                        RenderResult.NotRendered.class,
                        not -> assertThat(not.outcome().reason().message().code())
                                .isEqualTo("mastodon.edit.media"));
    }

    private EditResult edit(Receipt receipt, String text, @Nullable String warning) {
        Editing editing = network.editing(channel).orElseThrow();
        RenderResult rendered = editing.render(channel, new Rewording(receipt, text, "fr", warning, null, List.of()));
        return editing.edit(channel, receipt, ((RenderResult.Rendered) rendered).body());
    }
}
