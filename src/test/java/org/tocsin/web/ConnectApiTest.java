package org.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Secret;
import org.tocsin.base.Wakeup;
import org.tocsin.network.Channel;
import org.tocsin.network.Connecting;
import org.tocsin.network.Networks;
import org.tocsin.network.TestClock;
import org.tocsin.network.reference.CardNetwork;
import org.tocsin.people.Actor;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.publishing.ChannelRule;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAccounts;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlDeliveries;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlSessions;
import org.tocsin.sql.SqlStore;

/** A person is led through connecting; what is connected keeps what it had, and another account is asked about. */
class ConnectApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Actor SOMEONE = Actor.daemon(BranchId.MAIN);

    private final TestClock clock = new TestClock(Instant.parse("2026-12-01T10:00:00Z"));
    private final SqlChannels channels = new SqlChannels(Opened.BOX);

    private SqlStore store;
    private ChannelAdministration administration;
    private List<Endpoint> endpoints;

    /** One question: the account's id. */
    private static final class OneQuestion implements Connecting {
        @Override
        public String network() {
            return CardNetwork.ID;
        }

        @Override
        public Ask begin() {
            return ask(List.of());
        }

        private static Ask ask(List<Fault> faults) {
            Field field = new Field("account", Message.of("telegram.field.token"), true, "");
            return new Ask("account", Message.of("telegram.field.token"), null, List.of(field), faults, Map.of());
        }

        @Override
        public Progress next(Map<String, Secret> state, String step, Map<String, Secret> answers) {
            String account = answers.getOrDefault("account", Secret.of("")).reveal();
            return account.isEmpty()
                    ? ask(List.of(Fault.at("/account", Message.of("post.text.empty"))))
                    : new Connected("@" + account, Map.of("did", account), Map.of("token", Secret.of("t-" + account)));
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        administration = new ChannelAdministration(
                store,
                channels,
                new SqlAccounts(),
                new SqlDeliveries(),
                new SqlSessions(store, Opened.BOX, clock),
                new Networks(List.of(new CardNetwork(100))),
                new SqlNotices(new Ids(clock), clock, new Wakeup(), false),
                new SqlAudit(clock),
                clock,
                new Wakeup(),
                ChannelRule.NONE);
        Json json = new Json();
        endpoints = new ConnectApi(
                        new ConnectDialogues(List.of(new OneQuestion()), administration, new Ids(clock)),
                        new Views(new Messages(), json),
                        json)
                .endpoints();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private JsonNode post(String path, Map<String, String> params, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Endpoint endpoint = endpoints.stream()
                .filter(one -> one.method().equals("POST") && one.path().equals(path))
                .findFirst()
                .orElseThrow();
        Response response = endpoint.handler()
                .handle(new Request(
                        "POST",
                        path,
                        params,
                        Map.of(),
                        Map.of(),
                        () -> new ByteArrayInputStream(bytes),
                        bytes.length,
                        SOMEONE,
                        Locale.ENGLISH,
                        true,
                        "127.0.0.1"));
        try {
            return JSON.readTree(response.bytes());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode begin(String body) {
        return post("/api/v1/connect", Map.of(), body);
    }

    private JsonNode answer(JsonNode step, String body) {
        return post("/api/v1/connect/:id", Map.of("id", step.path("id").asText()), body);
    }

    private Channel channel() {
        return store.read(tx -> channels.find(tx, "main")).orElseThrow();
    }

    private boolean isDefault() {
        return store.read(tx -> channels.defaultSet(tx, BranchId.MAIN)).contains("main");
    }

    private void connect(String account) {
        JsonNode step = begin("{\"network\":\"card\",\"channelId\":\"main\"}");
        assertThat(answer(step, "{\"account\":\"" + account + "\"}")
                        .path("done")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_wrong_answer_is_asked_again_and_a_right_one_connects() {
        JsonNode step = begin("{\"network\":\"card\",\"channelId\":\"main\"}");
        JsonNode again = answer(step, "{}");
        assertThat(again.path("errors").path(0).path("pointer").asText()).isEqualTo("/account");
        JsonNode done = answer(step, "{\"account\":\"first\"}");
        assertThat(done.path("account").asText()).isEqualTo("@first");
        assertThat(channel().name()).isEqualTo("@first");
        assertThat(isDefault()).isTrue();
        assertThatExceptionOfType(FaultException.class)
                .as("a dialogue ends")
                .isThrownBy(() -> answer(step, "{\"account\":\"second\"}"));
    }

    @Test
    void a_reconnection_keeps_settings_name_and_place() {
        connect("first");
        administration.save(
                SOMEONE,
                new ChannelAdministration.Wanted(
                        "main", "Le compte", "card", Map.of("requireAlt", "true"), Map.of(), false, false));
        connect("first");
        assertThat(channel().settings()).containsEntry("requireAlt", "true").containsEntry("did", "first");
        assertThat(channel().name()).isEqualTo("Le compte");
        assertThat(isDefault()).isFalse();
    }

    @Test
    void an_account_that_is_a_channel_already_becomes_no_second_one() {
        connect("first");
        JsonNode step = begin("{\"network\":\"card\",\"channelId\":\"beside\"}");
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> answer(step, "{\"account\":\"first\"}"))
                .matches(fault -> fault.kind() == FaultException.Kind.INVALID)
                .withMessageContaining("publishing.channel.same");
        int all = store.read(tx -> channels.all(tx, BranchId.MAIN).size());
        assertThat(all).isEqualTo(1);
    }

    @Test
    void another_account_is_asked_about_and_taken_only_where_the_person_says_so() throws JsonProcessingException {
        connect("first");
        JsonNode step = begin("{\"network\":\"card\",\"channelId\":\"main\"}");
        JsonNode asked = answer(step, "{\"account\":\"second\"}");
        assertThat(asked.path("done").asBoolean()).isFalse();
        assertThat(asked.path("fields").path(0).path("name").asText()).isEqualTo("otherAccount");
        assertThat(JSON.writeValueAsString(asked)).doesNotContain("t-second");
        assertThat(channel().settings()).containsEntry("did", "first");
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> answer(step, "{\"otherAccount\":\"no\"}"))
                .matches(fault -> fault.kind() == FaultException.Kind.CONFLICT);
        assertThat(channel().settings()).containsEntry("did", "first");
        JsonNode second = begin("{\"network\":\"card\",\"channelId\":\"main\"}");
        answer(second, "{\"account\":\"second\"}");
        assertThat(answer(second, "{\"otherAccount\":\"yes\"}").path("done").asBoolean())
                .isTrue();
        assertThat(channel().settings()).containsEntry("did", "second");
        JsonNode said = begin("{\"network\":\"card\",\"channelId\":\"main\",\"otherAccount\":true}");
        assertThat(answer(said, "{\"account\":\"third\"}").path("done").asBoolean())
                .isTrue();
    }
}
