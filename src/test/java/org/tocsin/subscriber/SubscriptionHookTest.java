package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.base.Ids;
import org.tocsin.base.Ticker;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.DeliverySettings;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.Peer;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlSubscriptionHooks;
import org.tocsin.subscriber.hook.HookSender;
import org.tocsin.subscriber.hook.SubscriptionHooks;

/** A program of the team follows what happens to subscribers: at least once, in order, and told no more than was asked for. */
class SubscriptionHookTest {
    private static final String ANA = "ana@example.org";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-27T09:00:00Z"));
    private MockWebServer server;
    private Path folder;
    private SqlStore store;
    private SignUpRig rig;
    private SqlNotices notices;
    private HookSender sender;
    private SubscriptionHooks hooks;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        server = new MockWebServer();
        server.start();
        begin();
    }

    private void begin() {
        store = Opened.at(folder);
        rig = new SignUpRig(store, clock);
        serve(rig.hooks);
    }

    private void serve(SubscriptionHookRepository rows) {
        Ids ids = new Ids(clock);
        notices = new SqlNotices(ids, clock, new Wakeup(), false);
        DeliverySettings settings = new DeliverySettings(
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                Duration.ofHours(24),
                48);
        sender = new HookSender(
                store,
                rows,
                new OutboundHttp(
                        new AddressGuard(Set.of(new Peer("localhost", server.getPort()))),
                        "Tocsin/test",
                        null,
                        Ticker.system()),
                new RetryPolicy(settings, new Random(1)),
                notices,
                clock,
                new Wakeup());
        hooks = new SubscriptionHooks(store, rows, rig.stores.house(), sender, notices, new SqlAudit(clock), ids);
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    /** Has the texts of consent say where addresses go. */
    private void named(String host) {
        rig.keeping.write(TEAM, "fr", "J’accepte que mon adresse soit transmise à " + host + ".");
        rig.keeping.write(TEAM, "en", "I agree that my address is handed to " + host + ".");
    }

    private void follow(boolean withAddress) {
        if (withAddress) {
            named("localhost");
        }
        hooks.save(TEAM, "http://localhost:" + server.getPort() + "/crm", null, withAddress, 0);
    }

    private void answer(int... codes) {
        for (int code : codes) {
            server.enqueue(new MockResponse.Builder().code(code).build());
        }
    }

    private List<Notice> open() {
        return store.read(tx -> notices.page(tx, MAIN, true, "", 10));
    }

    private int work() {
        List<SubscriptionEvent> due = sender.claim(100);
        due.forEach(event -> {
            sender.send(event);
            sender.release(event);
        });
        return due.size();
    }

    private List<JsonNode> told() throws Exception {
        List<JsonNode> told = new ArrayList<>();
        for (RecordedRequest one = server.takeRequest(10, TimeUnit.MILLISECONDS);
                one != null;
                one = server.takeRequest(10, TimeUnit.MILLISECONDS)) {
            told.add(new ObjectMapper()
                    .readTree(Objects.requireNonNull(one.getBody()).utf8()));
        }
        return told;
    }

    private List<String> types(List<JsonNode> told) {
        return told.stream().map(one -> one.path("type").asText()).toList();
    }

    @Test
    void each_event_is_told_in_order_and_without_the_address_where_nobody_asked_for_it() throws Exception {
        follow(false);
        answer(200, 200, 200, 200, 200);
        Topic streets = rig.keeping.addTopic(TEAM, "Rues", "Streets");
        Subscriber ana = rig.confirmed(ANA);
        rig.choices.choose(MAIN, ana.id(), Set.of(streets.id()), "fr", Consent.Door.LETTER);
        rig.leaving.leave(MAIN, ana.id(), Consent.Door.LETTER, "");

        assertThat(work()).as("of one person one at a time").isEqualTo(1);
        while (work() > 0) {
            // Until all was told.
        }
        List<JsonNode> told = told();
        assertThat(types(told))
                .containsExactly(
                        "subscriber.signed_up", "subscriber.confirmed", "subscriber.topics_changed", "subscriber.left");
        assertThat(told).allSatisfy(one -> {
            assertThat(one.toString()).doesNotContain(ANA).doesNotContain("address");
            assertThat(one.path("data").path("subscriberId").asText()).isEqualTo(ana.id());
        });
        assertThat(told.get(2)
                        .path("data")
                        .path("topics")
                        .path(0)
                        .path("nameFr")
                        .asText())
                .isEqualTo("Rues");
        assertThat(hooks.find(TEAM).orElseThrow().waiting()).isZero();
    }

    @Test
    void the_address_goes_where_the_team_asked_for_it_and_an_erasure_tells_the_id_alone() throws Exception {
        follow(true);
        answer(200, 200, 200);
        Subscriber ana = rig.confirmed(ANA);
        assertThat(everything()).as("what waits is sealed").doesNotContain(ANA);
        work();
        rig.leaving.erase(MAIN, ana.id(), Consent.Door.LETTER, "");
        assertThat(work()).as("what waited of her is gone").isEqualTo(1);
        assertThat(work()).isZero();

        List<JsonNode> told = told();
        assertThat(types(told)).containsExactly("subscriber.signed_up", "subscriber.erased");
        assertThat(told.getFirst().path("data").path("address").asText()).isEqualTo(ANA);
        assertThat(told.getLast().path("data").toString()).isEqualTo("{\"subscriberId\":\"" + ana.id() + "\"}");
    }

    @Test
    void addresses_do_not_go_where_the_texts_do_not_say_so() {
        String url = "https://crm.example.org/in";
        assertThatThrownBy(() -> hooks.save(TEAM, url, null, true, 0))
                .as("the usual text says that data is handed to nobody")
                .hasMessageContaining("signup.webhook.consent");
        for (String other : List.of("notcrm.example.org", "crm.example.org.evil.example", "crm.example.organic")) {
            named(other);
            assertThatThrownBy(() -> hooks.save(TEAM, url, null, true, 0))
                    .as(other)
                    .hasMessageContaining("signup.webhook.consent");
        }
        rig.keeping.write(TEAM, "fr", "Mon adresse est transmise à CRM.Example.org.");
        assertThatThrownBy(() -> hooks.save(TEAM, url, null, true, 0))
                .as("the English one is silent")
                .hasMessageContaining("signup.webhook.consent");
        named("crm.example.org");
        assertThat(hooks.save(TEAM, url, null, true, 0).hook().withAddress()).isTrue();
        assertThatThrownBy(() -> hooks.save(TEAM, "https://other.example.org/in", null, null, 1))
                .as("they agreed to another host")
                .hasMessageContaining("signup.webhook.consent");
        assertThat(hooks.unnamed(TEAM)).isEmpty();
        rig.keeping.write(TEAM, "en", "I agree.");
        assertThat(hooks.unnamed(TEAM)).containsExactly("en");
    }

    @Test
    void who_agreed_to_a_text_that_names_nobody_stays_a_number() throws Exception {
        Subscriber before = rig.confirmed("before@example.org");
        follow(true);
        answer(200, 200, 200, 200, 200, 200);
        rig.leaving.leave(MAIN, before.id(), Consent.Door.LETTER, "");
        rig.confirmed(ANA);
        rig.keeping.write(TEAM, "fr", "J’accepte.");
        rig.confirmed("after@example.org");
        while (work() > 0) {
            // Until all was told.
        }
        assertThat(told().stream()
                        .map(one -> one.path("data").path("address").asText())
                        .distinct())
                .containsExactlyInAnyOrder("", ANA);
    }

    @Test
    void a_bounce_and_a_complaint_are_told_as_what_they_are() throws Exception {
        follow(false);
        answer(200, 200, 200, 200, 200, 200);
        rig.leaving.bounced(MAIN, rig.confirmed(ANA).id(), clock.instant(), "5.1.1");
        rig.leaving.complained(MAIN, rig.confirmed("bob@example.org").id(), clock.instant(), "");
        while (work() > 0) {
            // Until all was told.
        }
        assertThat(types(told())).contains("subscriber.bounced", "subscriber.complained");
    }

    @Test
    void what_was_not_taken_is_told_again_after_a_restart_with_the_same_id_and_body() throws Exception {
        follow(true);
        answer(503, 200, 200);
        rig.confirmed(ANA);
        work();
        assertThat(work()).as("it waits, and what comes after it as well").isZero();
        store.close();
        clock.move(Duration.ofMinutes(2));
        store = Opened.at(folder);
        serve(new SqlSubscriptionHooks(Opened.BOX));
        assertThat(work()).isEqualTo(1);

        List<RecordedRequest> got = List.of(server.takeRequest(), server.takeRequest());
        assertThat(got.get(1).getHeaders().get("webhook-id"))
                .isEqualTo(got.get(0).getHeaders().get("webhook-id"));
        assertThat(got.get(1).getBody()).isEqualTo(got.get(0).getBody());
        assertThat(got.get(1).getHeaders().get("webhook-signature")).startsWith("v1,");
    }

    @Test
    void a_program_that_takes_nothing_is_told_of_after_an_hour_and_given_up_after_three_days() throws Exception {
        follow(false);
        rig.ask(ANA);
        for (int i = 0; i < 400 && hooks.find(TEAM).orElseThrow().waiting() > 0; i++) {
            answer(500);
            work();
            clock.move(Duration.ofMinutes(31));
            if (i == 0) {
                assertThat(open()).isEmpty();
            }
        }
        assertThat(hooks.find(TEAM).orElseThrow().waiting()).isZero();
        assertThat(clock.instant())
                .isBetween(Instant.parse("2026-11-30T09:00:00Z"), Instant.parse("2026-11-30T11:00:00Z"));
        assertThat(open())
                .singleElement()
                .satisfies(one -> assertThat(one.message().code()).isEqualTo("signup.webhook.failing"));
        answer(200);
        assertThat(hooks.test(TEAM)).isEmpty();
        assertThat(open()).isEmpty();
    }

    @Test
    void nothing_is_kept_where_nobody_follows_nor_after_it_was_ended() {
        rig.confirmed(ANA);
        assertThat(work()).isZero();
        follow(false);
        rig.ask("bob@example.org");
        hooks.remove(TEAM);
        assertThat(work()).isZero();
        assertThat(hooks.find(TEAM)).isEmpty();
    }

    @Test
    void data_of_people_leaves_encrypted_or_not_at_all() {
        assertThatThrownBy(() -> hooks.save(TEAM, "http://crm.example.org/in", null, true, 0))
                .hasMessageContaining("signup.webhook.url");
        SubscriptionHooks.Seen made = hooks.save(TEAM, "https://crm.example.org/in?key=abc", null, null, 0);
        assertThat(made.hook().withAddress()).as("off where nothing was said").isFalse();
        assertThat(Objects.requireNonNull(made.fresh()).reveal()).startsWith("whsec_");
        assertThat(hooks.find(TEAM).orElseThrow().fresh()).as("shown once").isNull();
        assertThatThrownBy(() -> hooks.save(TEAM, null, null, null, 0)).hasMessageContaining("signup.changed");
    }

    private String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
