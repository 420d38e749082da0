package org.tocsin.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.Secret;
import org.tocsin.network.Channel;
import org.tocsin.network.FindResult;
import org.tocsin.network.Json;
import org.tocsin.network.LinkCard;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkContract;
import org.tocsin.network.Receipt;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.TestClock;

/** The contract, with a real Bluesky server behind a front that can be scripted. */
@Tag("pds")
class RealPdsTest extends NetworkContract {
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    private static Path home;

    private static LocalPds pds;
    private static LocalPds.Account account;

    @BeforeAll
    static void startServer() throws IOException {
        if (LocalPds.isInstalled()) {
            pds = new LocalPds(home);
            account = pds.account("assemblee");
        }
    }

    @AfterAll
    static void stopServer() {
        if (pds != null) {
            pds.close();
        }
    }

    /** An hour for each test, so that none sees the posts or meets the keys of another. */
    @Override
    protected Instant start() {
        return START.plus(Duration.ofHours(TESTS.incrementAndGet()));
    }

    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        // Here and not before all: a class that is skipped as a whole is not counted, and nobody sees it.
        Assumptions.assumeTrue(
                pds != null, "no Bluesky server in target/pds: run src/test/pds/install.sh to test against one");
        return new BlueskyBinding(new PdsFront(clock, pds, account), account.handle(), account.appPassword());
    }

    private JsonNode recordOf(Receipt receipt) {
        String rkey = receipt.remoteId().substring(receipt.remoteId().lastIndexOf('/') + 1);
        String query = "?repo=" + account.did() + "&collection=app.bsky.feed.post&rkey=" + rkey;
        byte[] body = pds.send("GET", "/xrpc/com.atproto.repo.getRecord" + query, Map.of(), new byte[0])
                .body();
        return Json.read(new String(body, StandardCharsets.UTF_8)).path("value");
    }

    @Test
    void facets_images_cards_and_threads_pass_the_server_s_own_validation() throws IOException {
        LocalPds.Account alice = pds.account("alice");
        SegmentImage image = image("Une place pleine de monde");
        String text = "Été #Démocratie avec @" + alice.handle() + " : https://exemple.fr/agenda/2026/novembre";
        Segment first = new Segment(0, 2, text, List.of(image), "fr", null, null, null, null);
        Receipt one = published(intent(first, null, List.of(uploaded(image))));
        JsonNode record = recordOf(one);
        assertThat(record.path("facets")).hasSize(3);
        assertThat(record.path("facets")
                        .path(1)
                        .path("features")
                        .path(0)
                        .path("did")
                        .asText())
                .isEqualTo(alice.did());
        assertThat(record.path("embed").path("images").path(0).path("alt").asText())
                .isEqualTo(image.alt());
        ((BlueskyBinding) binding).picture(image.image());
        LinkCard card = new LinkCard("https://exemple.fr/agenda", "Agenda", "", "https://exemple.fr/place.png");
        Receipt two = published(
                intent(new Segment(1, 2, "suite", List.of(), "fr-BE", null, null, card, null), one, List.of()));
        assertThat(recordOf(two).path("reply").path("root").path("uri").asText())
                .isEqualTo(one.remoteId());
        assertThat(recordOf(two).path("embed").path("external").path("title").asText())
                .isEqualTo("Agenda");
        assertThat(recordOf(two)
                        .path("embed")
                        .path("external")
                        .path("thumb")
                        .path("size")
                        .asLong())
                .isEqualTo(image.image().bytes());
    }

    @Test
    void an_expired_token_is_renewed() throws GeneralSecurityException {
        published(intent("one"));
        MemorySessions sessions = ((BlueskyBinding) binding).sessions();
        BlueskySession good =
                BlueskySession.stored(sessions.load(channel).orElseThrow()).orElseThrow();
        BlueskySession expired =
                new BlueskySession(good.did(), good.handle(), good.pds(), expiredToken(good.did()), good.refresh());
        sessions.renew(channel, sessions.load(channel), () -> Optional.of(expired.text()));
        published(intent("two"));
        assertThat(server.requests())
                .filteredOn(seen -> seen.path().endsWith("refreshSession"))
                .hasSize(1);
        assertThat(server.requests())
                .filteredOn(seen -> seen.path().endsWith("createSession"))
                .hasSize(1);
        assertThat(server.effects()).hasSize(2);
    }

    @Test
    void the_main_password_is_known_by_its_scope() {
        Channel main = new Channel(
                "main",
                channel.branch(),
                "",
                "bluesky",
                channel.settings(),
                Map.of("appPassword", Secret.of(account.password())),
                channel.createdAt());
        assertThat(network.check(main).reason().message().code()).isEqualTo("bluesky.password.main");
    }

    @Test
    void a_record_that_is_not_there_is_absent() {
        network.check(channel);
        assertThat(network.find(channel, intent("Never"))).isEqualTo(new FindResult.AbsentAsOf(clock.instant()));
    }

    private static String expiredToken(String did) throws GeneralSecurityException {
        long then = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
        String content = base64("{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(Json.object()
                        .put("scope", "com.atproto.appPass")
                        .put("aud", "did:web:localhost")
                        .put("sub", did)
                        .put("iat", then)
                        .put("exp", then + 60)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(LocalPds.JWT_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
