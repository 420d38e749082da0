package org.tocsin.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Message;
import org.tocsin.media.FittedImage;
import org.tocsin.media.MediaType;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.FindResult;
import org.tocsin.network.HeardPost;
import org.tocsin.network.Intent;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkKit;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Query;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Seen;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.TestClock;
import org.tocsin.network.UploadResult;

class XTest extends NetworkKit {
    private FakeX fake;

    @Override
    protected NetworkBinding bind(TestClock clock) throws Exception {
        fake = new FakeX(clock);
        return XContractTest.bind(fake);
    }

    private static Segment replying(String text, @Nullable RemoteRef to) {
        return new Segment(0, 1, text, List.of(), "fr", null, null, null, to);
    }

    private String code(PublishResult result) {
        return switch (result) {
            case PublishResult.Unknown unknown ->
                "Unknown " + unknown.reason().message().code();
            case PublishResult.NoEffect none ->
                none.getClass().getSimpleName() + " " + none.reason().message().code();
            case PublishResult.Published _ -> "Published";
            case PublishResult.Pending _ -> "Pending";
        };
    }

    private String publishing(Behaviour answer, Segment segment) {
        server.nextCreates(answer);
        return code(network.publish(channel, intent(segment, null, List.of())));
    }

    private static Behaviour problem(int status, String type, String detail) {
        return Behaviour.answer(
                status,
                "{\"title\":\"t\",\"detail\":\"" + detail + "\",\"type\":\"" + type + "\",\"status\":" + status + "}");
    }

    private long asked(String path) {
        return server.requests().stream()
                .filter(seen -> seen.path().equals(path))
                .count();
    }

    @Test
    void what_is_committed_is_what_leaves() {
        Intent intent = intent("« Oui\u202F! »\n\"\\ https://exemple.fr");
        Receipt receipt = published(intent);
        assertThat(server.creates()).extracting(Seen::body).containsExactly(intent.body());
        assertThat(receipt.url()).isEqualTo("https://x.com/i/status/" + receipt.remoteId());
        assertThat(receipt.publishedAt()).isEqualTo(clock.instant());
        channel = setting(channel, "username", "agenda_fr");
        assertThat(published(intent("autre")).url()).startsWith("https://x.com/agenda_fr/status/");
    }

    @Test
    void each_403_has_its_meaning() {
        RemoteRef to = new RemoteRef("1860000000000000000", "https://x.com/i/status/1860000000000000000", Map.of());
        String forbidden = "https://api.x.com/2/problems/client-forbidden";
        String words = "You are not allowed to create a Tweet with duplicate content.";
        assertThat(publishing(problem(403, "about:blank", words), segment("a"))).isEqualTo("Unknown x.duplicate");
        assertThat(publishing(problem(403, "about:blank", words), replying("b", to)))
                .isEqualTo("Unknown x.duplicate");
        assertThat(publishing(problem(403, "about:blank", "no"), replying("c", to)))
                .isEqualTo("Refused x.reply.forbidden");
        assertThat(publishing(problem(403, forbidden, "no"), segment("d")))
                .isEqualTo("Unauthorized network.unauthorized");
        assertThat(code(network.publish(channel, intent(replying("e", to), null, List.of()))))
                .as("by the server's own rule")
                .isEqualTo("Refused x.reply.forbidden");
    }

    @Test
    void spent_credits_hold_the_channel_whatever_the_status() {
        String capped = "https://api.twitter.com/2/problems/usage-capped";
        assertThat(publishing(problem(402, "about:blank", "no"), segment("a"))).isEqualTo("Unauthorized x.credits");
        assertThat(publishing(problem(429, capped, "no"), segment("b"))).isEqualTo("Unauthorized x.credits");
        assertThat(publishing(problem(403, capped, "no"), segment("c"))).isEqualTo("Unauthorized x.credits");
        assertThat(publishing(problem(429, "about:blank", "no"), segment("d")))
                .isEqualTo("Throttled network.throttled");
        fake.broke(true);
        assertThat(network.check(channel).status()).isEqualTo(ChannelHealth.Status.UNAUTHORIZED);
        assertThat(network.check(channel).reason().message().code()).isEqualTo("x.credits");
    }

    @Test
    void an_equal_text_is_a_question_for_the_timeline() {
        Receipt first = published(intent("Encore"));
        clock.move(Duration.ofSeconds(3));
        Intent again = intent("Encore");
        assertThat(code(network.publish(channel, again))).isEqualTo("Unknown x.duplicate");
        assertThat(network.find(channel, again))
                .isInstanceOfSatisfying(
                        FindResult.Found.class,
                        found -> assertThat(found.receipt().remoteId()).isEqualTo(first.remoteId()));
    }

    @Test
    void what_cannot_be_said_on_x_is_refused_before_it_is_sent() {
        Map<String, String> texts =
                Map.of("$ABC et $DEF montent", "x.cashtags", " \n", "x.text.empty", "東".repeat(141), "x.text.too-long");
        texts.forEach((text, code) -> assertThat(
                        network.render(channel, segment(text), network.newKey(), null, List.of()))
                .isInstanceOfSatisfying(
                        RenderResult.NotRendered.class,
                        not -> assertThat(not.outcome().reason().message().code())
                                .isEqualTo(code)));
        assertThat(network.render(channel, segment("$ABC monte"), network.newKey(), null, List.of()))
                .isInstanceOf(RenderResult.Rendered.class);
        assertThat(network.render(channel, segment("x"), network.newKey(), null, List.of("../1")))
                .isInstanceOf(RenderResult.NotRendered.class);
        Receipt odd = new Receipt("12/../13", null, Instant.EPOCH, Map.of());
        assertThat(network.render(channel, segment("x"), network.newKey(), odd, List.of()))
                .isInstanceOf(RenderResult.NotRendered.class);
    }

    @Test
    void a_post_costs_more_with_a_link_and_the_prices_can_be_changed() {
        assertThat(network.cost(channel, segment("rien")).microUsd()).isEqualTo(15_000);
        assertThat(network.cost(channel, segment("voir https://exemple.fr")).microUsd())
                .isEqualTo(200_000);
        assertThat(network.cost(channel, segment("voir exemple.fr")).microUsd()).isEqualTo(200_000);
        Channel dearer = setting(setting(channel, "costPostUsd", "0.02"), "costLinkUsd", "1");
        assertThat(network.cost(dearer, segment("rien")).microUsd()).isEqualTo(20_000);
        assertThat(network.cost(dearer, segment("voir exemple.fr")).microUsd()).isEqualTo(1_000_000);
        assertThat(network.cost(channel, Query.DELETE).microUsd()).isEqualTo(10_000);
        assertThat(network.cost(channel, Query.CHECK).microUsd()).isEqualTo(10_000);
        assertThat(network.cost(setting(channel, "costDeleteUsd", "0.5"), Query.DELETE)
                        .microUsd())
                .isEqualTo(500_000);
        assertThat(network.validate(setting(channel, "costReadUsd", "?"))).hasSize(1);
        assertThat(network.validate(setting(channel, "monthlyCeilingUsd", "10 €")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/settings/monthlyCeilingUsd"));
        assertThat(network.validate(setting(channel, "baseUrl", "https://api.x.com/2")))
                .hasSize(1);
    }

    @Test
    void alt_texts_follow_their_image_and_nothing_follows_an_image_without() throws Exception {
        assertThat(uploaded(image(""))).matches("[0-9]+");
        assertThat(asked("/2/media/metadata")).isZero();
        uploaded(image("Une « place »"));
        assertThat(asked("/2/media/metadata")).isEqualTo(1);
        assertThat(network.upload(channel, image("é".repeat(1001))))
                .isInstanceOfSatisfying(
                        UploadResult.Failed.class,
                        failed -> assertThat(failed.outcome()).isInstanceOf(PublishResult.Refused.class));
    }

    @Test
    void an_animated_gif_is_brought_in_pieces_and_stands_alone() throws Exception {
        byte[] bytes = new byte[9_000_001];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(image("").image().file().resolveSibling("ronde.gif"), bytes);
        SegmentImage animation = new SegmentImage(
                new FittedImage(file, MediaType.GIF, 40, 30, bytes.length, "0".repeat(64)), "Une ronde");
        fake.processing("pending");
        UploadResult.Processing processing = (UploadResult.Processing) network.upload(channel, animation);
        assertThat(asked("/2/media/metadata")).isEqualTo(1);
        fake.processing("");
        assertThat(network.uploadState(channel, processing.handle()))
                .isEqualTo(new UploadResult.Uploaded(processing.handle()));
        assertThat(fake.animations()).singleElement().isEqualTo(bytes);
        assertThat(server.requests())
                .filteredOn(seen -> seen.path().endsWith("/append"))
                .hasSize(3);
        Segment both = new Segment(0, 1, "a", List.of(animation, image("b")), "fr", null, null, null, null);
        assertThat(network.render(channel, both, network.newKey(), null, List.of(processing.handle(), "12")))
                .isInstanceOfSatisfying(
                        RenderResult.NotRendered.class,
                        not -> assertThat(not.outcome().reason().message().code())
                                .isEqualTo("network.animation.alone"));
    }

    @Test
    void an_image_that_is_processed_is_asked_for_and_one_that_fails_refused() throws Exception {
        fake.processing("pending");
        SegmentImage image = image("a");
        assertThat(network.upload(channel, image)).isInstanceOfSatisfying(UploadResult.Processing.class, processing -> {
            assertThat(processing.after()).isEqualTo(Duration.ofSeconds(3));
            fake.processing("succeeded");
            assertThat(network.uploadState(channel, processing.handle()))
                    .isEqualTo(new UploadResult.Uploaded(processing.handle()));
        });
        fake.processing("failed");
        assertThat(network.upload(channel, image)).isInstanceOf(UploadResult.Failed.class);
        assertThat(network.uploadState(channel, "../1")).isInstanceOf(UploadResult.Failed.class);
        fake.broke(true);
        assertThat(network.upload(channel, image))
                .isInstanceOfSatisfying(
                        UploadResult.Failed.class,
                        failed -> assertThat(failed.outcome()).isInstanceOf(PublishResult.Unauthorized.class));
        server.close();
        assertThat(network.upload(channel, image))
                .isInstanceOfSatisfying(
                        UploadResult.Failed.class,
                        failed -> assertThat(failed.outcome()).isInstanceOf(PublishResult.Unreachable.class));
    }

    @Test
    void the_address_of_another_accounts_post_is_not_our_own() {
        Channel named = new Channel(
                channel.id(),
                channel.branch(),
                channel.name(),
                channel.network(),
                Map.of("username", "Agenda_fr"),
                channel.secrets(),
                channel.createdAt());
        Map<String, Boolean> own = Map.of(
                "https://x.com/agenda_fr/status/20", true,
                "https://x.com/i/status/20", true,
                "https://twitter.com/i/web/status/20", true,
                "https://x.com/agenda_de/status/20", false,
                "https://x.com/agenda_fr", false);
        own.forEach(
                (link, is) -> assertThat(network.own(named, URI.create(link)).isPresent())
                        .as(link)
                        .isEqualTo(is));
        Channel unnamed = new Channel(
                channel.id(),
                channel.branch(),
                channel.name(),
                channel.network(),
                Map.of(),
                channel.secrets(),
                channel.createdAt());
        assertThat(network.own(unnamed, URI.create("https://x.com/agenda_de/status/20")))
                .as("nobody knows the name")
                .isPresent();
    }

    @Test
    void addresses_of_posts_are_read() {
        Map<String, String> links = Map.of(
                "https://x.com/agenda_fr/status/1860000000000000001", "1860000000000000001",
                "https://twitter.com/agenda_fr/status/20?s=46", "20",
                "https://mobile.twitter.com/i/web/status/20", "20",
                "https://x.com/agenda_fr/status/20/photo/1", "20",
                "https://x.com/agenda_fr", "",
                "https://x.com/agenda_fr/status/0", "",
                "https://x.com.evil.example/a/status/20", "",
                "ftp://x.com/a/status/20", "");
        assertThat(network.forbidsReply(channel, new HeardPost("1", "https://x.com/i/web/status/1", true)))
                .isEmpty();
        assertThat(network.forbidsReply(channel, new HeardPost("1", "https://x.com/i/web/status/1", false)))
                .map(Message::code)
                .contains("x.reply.unsummoned");
        links.forEach((link, id) -> assertThat(network.reference(channel, URI.create(link))
                        .map(RemoteRef::remoteId)
                        .orElse(""))
                .as(link)
                .isEqualTo(id));
    }
}
