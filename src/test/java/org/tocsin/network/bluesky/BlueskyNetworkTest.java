package org.tocsin.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Secret;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.FindResult;
import org.tocsin.network.Intent;
import org.tocsin.network.Json;
import org.tocsin.network.LinkCard;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkKit;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.ReplyTarget;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.TestClock;

/** What Bluesky has beyond the contract. */
class BlueskyNetworkTest extends NetworkKit {
    private FakeBluesky bluesky;

    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        bluesky = new FakeBluesky(clock);
        return new BlueskyBinding(bluesky, FakeBluesky.HANDLE, FakeBluesky.APP_PASSWORD);
    }

    private JsonNode record() {
        return Json.read(bluesky.creates().getLast().body()).path("record");
    }

    @Test
    void links_tags_and_people_become_facets_by_bytes() {
        String url = "https://exemple.fr/agenda/2026/novembre";
        String text = "Été : " + url + " #Démocratie avec @alice.test et @nobody.test";
        Intent intent = intent(text);
        published(intent);
        assertThat(record().path("text").asText())
                .isEqualTo("Été : exemple.fr/agenda/2026/... #Démocratie avec @alice.test et @nobody.test")
                .isEqualTo(intent.text());
        assertThat(record().path("langs")).isEqualTo(Json.read("[\"fr\"]"));
        assertThat(record().path("facets")).isEqualTo(Json.read("""
                        [{"index":{"byteStart":8,"byteEnd":34},
                          "features":[{"$type":"app.bsky.richtext.facet#link","uri":"%s"}]},
                         {"index":{"byteStart":35,"byteEnd":47},
                          "features":[{"$type":"app.bsky.richtext.facet#tag","tag":"Démocratie"}]},
                         {"index":{"byteStart":53,"byteEnd":64},
                          "features":[{"$type":"app.bsky.richtext.facet#mention","did":"%s"}]}]""".formatted(url, FakeBluesky.ALICE)));
    }

    @Test
    void a_thread_keeps_its_root_and_an_answer_that_cannot_be_resolved_is_refused() {
        Receipt first = published(intent("one"));
        Receipt second = published(intent(segment("two"), first, List.of()));
        published(intent(segment("three"), second, List.of()));
        assertThat(record().path("reply"))
                .isEqualTo(Json.read("{\"root\":{\"uri\":\"" + first.remoteId() + "\",\"cid\":\""
                        + first.details().get("cid") + "\"},\"parent\":{\"uri\":\"" + second.remoteId()
                        + "\",\"cid\":\"" + second.details().get("cid") + "\"}}"));
        assertThat(second.url()).startsWith("https://bsky.app/profile/" + FakeBluesky.DID + "/post/");
        Receipt bare = new Receipt(first.remoteId(), null, clock.instant(), Map.of());
        assertThat(network.render(channel, segment("x"), network.newKey(), bare, List.of()))
                .isInstanceOf(RenderResult.NotRendered.class);
    }

    @Test
    void images_carry_their_shape_and_a_link_card_stands_alone() throws IOException {
        SegmentImage image = image("Une place");
        LinkCard card = new LinkCard("https://exemple.fr/", "Titre", "Texte", null);
        Segment both = new Segment(0, 1, "a", List.of(image), "fr", null, null, card, null);
        published(intent(both, null, List.of(uploaded(image))));
        assertThat(record().path("embed").path("$type").asText()).isEqualTo("app.bsky.embed.images");
        assertThat(record().path("embed").path("images").path(0).path("aspectRatio"))
                .isEqualTo(Json.read("{\"width\":40,\"height\":30}"));
        published(intent(new Segment(0, 1, "b", List.of(), "fr", null, null, card, null), null, List.of()));
        assertThat(record().path("embed"))
                .isEqualTo(Json.read("{\"$type\":\"app.bsky.embed.external\",\"external\":"
                        + "{\"uri\":\"https://exemple.fr/\",\"title\":\"Titre\",\"description\":\"Texte\"}}"));
    }

    @Test
    void a_link_card_shows_the_picture_of_its_page() throws IOException {
        ((BlueskyBinding) binding).picture(image("").image());
        LinkCard card = new LinkCard("https://exemple.fr/", "Titre", "", "https://exemple.fr/place.png");
        published(intent(new Segment(0, 1, "b", List.of(), "fr", null, null, card, null), null, List.of()));
        JsonNode thumb = record().path("embed").path("external").path("thumb");
        assertThat(thumb.path("$type").asText()).isEqualTo("blob");
        assertThat(thumb.path("mimeType").asText()).isEqualTo("image/png");
        assertThat(network.takesLinkCard(channel)).isTrue();
    }

    @Test
    void an_expired_session_is_refreshed_once_by_twenty_threads_and_nothing_is_sent_twice() throws Exception {
        List<Intent> intents = IntStream.range(0, 20)
                .mapToObj(number -> intent("Number " + number))
                .toList();
        bluesky.expireAccess();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Receipt>> receipts = intents.stream()
                    .map(intent -> threads.submit(() -> published(intent)))
                    .toList();
            for (Future<Receipt> receipt : receipts) {
                receipt.get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(bluesky.effects()).hasSize(20);
        assertThat(bluesky.count("createSession")).isEqualTo(1);
        assertThat(bluesky.count("refreshSession")).isEqualTo(1);
    }

    @Test
    void a_session_outlives_the_daemon_and_the_password_is_used_only_when_refreshing_fails() {
        published(intent("one"));
        // Started anew within the same microsecond it could, once in a thousand times, give a second record the name of
        // the first.
        clock.move(Duration.ofSeconds(1));
        network = binding.open(http, clock);
        published(intent("two"));
        assertThat(bluesky.count("createSession")).isEqualTo(1);
        bluesky.expireAccess();
        bluesky.expireRefresh();
        published(intent("three"));
        assertThat(bluesky.count("refreshSession")).isEqualTo(1);
        assertThat(bluesky.count("createSession")).isEqualTo(2);
    }

    @Test
    void a_session_that_stays_expired_is_not_tried_for_ever() {
        Intent intent = intent("Expired");
        Behaviour.Answer expired = Behaviour.answer(400, "{\"error\":\"ExpiredToken\",\"message\":\"x\"}");
        bluesky.nextCreates(expired, expired);
        assertThat(network.publish(channel, intent)).isInstanceOf(PublishResult.Unauthorized.class);
        assertThat(bluesky.creates()).hasSize(2);
    }

    @Test
    void the_main_password_and_another_account_are_refused() {
        Channel main = new Channel(
                "main",
                channel.branch(),
                "",
                "bluesky",
                channel.settings(),
                Map.of("appPassword", Secret.of(FakeBluesky.MAIN_PASSWORD)),
                channel.createdAt());
        assertThat(network.check(main).reason().message().code()).isEqualTo("bluesky.password.main");
        assertThat(network.check(main).status()).isEqualTo(ChannelHealth.Status.UNAUTHORIZED);
        Channel other = setting(channel, "did", FakeBluesky.ALICE);
        assertThat(network.check(other).reason().message().code()).isEqualTo("bluesky.account.other");
        bluesky.deactivate();
        assertThat(network.check(channel).reason().message().code()).isEqualTo("bluesky.account.inactive");
        assertThat(bluesky.creates()).isEmpty();
    }

    @Test
    void a_key_under_which_there_is_something_else_is_for_a_person() {
        Intent one = intent(segment("one"), null, List.of(), network.newKey());
        published(one);
        Intent other = intent(segment("other"), null, List.of(), one.key());
        assertThat(network.publish(channel, other))
                .isInstanceOfSatisfying(
                        PublishResult.Unknown.class,
                        unknown -> assertThat(unknown.reason().message().code()).isEqualTo("bluesky.record.other"));
        assertThat(network.find(channel, other)).isInstanceOf(FindResult.Inconclusive.class);
        assertThat(bluesky.effects()).hasSize(1);
    }

    @Test
    void a_look_up_of_a_handle_that_fails_puts_the_post_off_rather_than_lose_the_mention() throws Exception {
        network.check(channel);
        bluesky.close();
        assertThat(network.render(channel, segment("@alice.test"), network.newKey(), null, List.of()))
                .isInstanceOfSatisfying(
                        RenderResult.NotRendered.class,
                        not -> assertThat(not.outcome()).isInstanceOf(PublishResult.Unreachable.class));
    }

    @Test
    void a_web_address_is_read_with_its_thread() {
        Receipt first = published(intent("one"));
        Receipt second = published(intent(segment("two"), first, List.of()));
        assertThat(network.reference(channel, URI.create(second.url()))).hasValueSatisfying(ref -> {
            assertThat(ref.remoteId()).isEqualTo(second.remoteId());
            assertThat(ref.details()).isEqualTo(second.details()).containsEntry("rootUri", first.remoteId());
        });
        assertThat(network.own(channel, URI.create(second.url())))
                .hasValueSatisfying(ref -> assertThat(ref.remoteId()).isEqualTo(second.remoteId()));
        URI others =
                URI.create(second.url().replaceAll("/profile/[^/]+/", "/profile/did:plc:zzzzzzzzzzzzzzzzzzzzzzzz/"));
        assertThat(network.reference(channel, others)).isPresent();
        assertThat(network.own(channel, others))
                .as("the post of another account")
                .isEmpty();
        assertThat(network.own(channel, URI.create("https://evil.example/profile/a/post/3l")))
                .isEmpty();
        assertThat(network.ownLike(channel)).startsWith("https://bsky.app/profile/");
        assertThat(network.reference(channel, URI.create("https://bsky.app/profile/nobody.test/post/3l")))
                .isEmpty();
        assertThat(network.reference(channel, URI.create("https://example.org/")))
                .isEmpty();
        assertThat(network.target(channel, new RemoteRef("", second.url(), Map.of())))
                .isInstanceOfSatisfying(
                        ReplyTarget.Found.class,
                        found -> assertThat(found.ref().details()).isEqualTo(second.details()));
        assertThat(network.target(channel, new RemoteRef("", "https://example.org/", Map.of())))
                .isInstanceOf(ReplyTarget.NotFound.class);
    }
}
