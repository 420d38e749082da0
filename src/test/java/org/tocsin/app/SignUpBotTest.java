package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Seen;
import org.tocsin.network.telegram.FakeTelegram;

/** The whole dialogue: somebody scans a leaflet, agrees, chooses, sees his data and is forgotten. */
class SignUpBotTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long ADA = 471_147_114L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path folder;
    private FakeTelegram telegram;
    private RunningDaemon daemon;
    private int message = 10;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        folder = data;
        telegram = new FakeTelegram(Clock.systemUTC());
        telegram.talks(ADA);
        daemon = new RunningDaemon(
                data,
                "TOCSIN_HTTP_ALLOW",
                telegram.peer().toString(),
                "TOCSIN_TELEGRAM_SERVER",
                telegram.origin().toString());
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
        telegram.close();
    }

    private Answer settings(String bot) {
        return daemon.send(
                daemon.token(),
                "PUT",
                "/api/v1/sign-up/settings",
                ("{\"controller\":\"Les Amis\",\"contact\":\"contact@amis.example\",\"purposeFr\":\"nos nouvelles\","
                                + "\"purposeEn\":\"our news\",\"botToken\":\"" + bot + "\",\"version\":0}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void open() {
        Answer saved = settings(FakeTelegram.TOKEN);
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        assertThat(saved.json().path("botName").asText()).isEqualTo("agenda_bot");
        assertThat(saved.body()).doesNotContain(FakeTelegram.TOKEN);
    }

    private void writes(String text, String language) {
        writes(ADA, "private", text, language);
    }

    private void writes(long chat, String type, String text, String language) {
        telegram.update(
                "message",
                "{\"message_id\":" + ++message + ",\"date\":1,\"from\":{\"id\":" + ADA
                        + ",\"is_bot\":false,\"language_code\":\"" + language + "\"},\"chat\":{\"id\":" + chat
                        + ",\"type\":\"" + type + "\"},\"text\":\"" + text + "\"}");
    }

    /** Presses the button with that label on the last message that had buttons. */
    private void presses(String label) {
        JsonNode found = said().reversed().stream()
                .flatMap(one -> one.path("reply_markup").findParents("callback_data").stream())
                .filter(button -> button.path("text").asText().endsWith(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(label + " is not in " + said()));
        pressed(found.path("callback_data").asText());
    }

    private void pressed(String data) {
        telegram.update(
                "callback_query",
                "{\"id\":\"c1\",\"from\":{\"id\":" + ADA + ",\"is_bot\":false},\"message\":{\"message_id\":9,"
                        + "\"chat\":{\"id\":" + ADA + ",\"type\":\"private\"}},\"data\":\"" + data + "\"}");
    }

    private List<JsonNode> said() {
        return telegram.requests().stream()
                .filter(seen -> seen.path().toLowerCase(Locale.ROOT).matches(".*/(sendmessage|editmessagetext)"))
                .map(SignUpBotTest::read)
                .toList();
    }

    private static JsonNode read(Seen seen) {
        try {
            return JSON.readTree(seen.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void says(String words) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(said())
                        .anySatisfy(one -> assertThat(one.path("text").asText()).contains(words)));
    }

    private long count(String state) {
        return daemon.get("/api/v1/subscribers/counts").json().path(state).asLong();
    }

    @Test
    void somebody_signs_up_from_a_leaflet_sees_his_data_and_is_forgotten() throws IOException {
        open();
        daemon.post("/api/v1/sign-up/topics", "{\"nameFr\":\"Rues\",\"nameEn\":\"Streets\"}");
        daemon.post("/api/v1/sign-up/links", "{\"code\":\"tract1\",\"name\":\"Tract\"}");
        writes("/start tract1", "fr");
        says("J’accepte que Les Amis");
        assertThat(said().getLast().path("text").asText()).contains("texte n° 1");
        presses("J’accepte");
        says("Sur quoi voulez-vous nous lire");
        presses("Rues");
        await().atMost(SOON).until(() -> said().getLast().toString().contains("☑"));
        presses("Continuer");
        says("Vous êtes inscrit(e), les lettres arriveront ici");
        assertThat(count("CONFIRMED")).isEqualTo(1);
        assertThat(daemon.get("/api/v1/sign-up/links")
                        .json()
                        .path("items")
                        .path(0)
                        .path("confirmed")
                        .asLong())
                .isEqualTo(1);

        writes("/mydata", "fr");
        says("Tout ce qui est conservé suit");
        await().atMost(SOON)
                .until(() -> telegram.requests().stream()
                        .anyMatch(seen -> seen.path().endsWith("/sendDocument")
                                && seen.body().contains("J’accepte que Les Amis")
                                && seen.body().contains("CONFIRMED")));

        writes("/delete", "fr");
        says("Ceci efface tout");
        presses("Oui, tout effacer");
        says("Vos données sont effacées");
        assertThat(count("CONFIRMED")).isZero();
        assertThat(daemon.get("/api/v1/subscribers/register")
                        .json()
                        .path("whole")
                        .asBoolean())
                .isTrue();
        assertThat(Files.readString(folder.resolve("left.log"))).contains("ERASED");
        writes("/mydata", "fr");
        says("Vous n’êtes pas inscrit(e) avec ce compte");
        // What is under way is settled, and nothing names him any more.
        await().atMost(SOON).until(() -> !everything().contains(String.valueOf(ADA)));
    }

    private String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void data_is_restricted_used_again_and_letters_are_objected_to() {
        open();
        writes("/start", "en-GB");
        says("I agree that Les Amis");
        presses("I agree");
        says("You are signed up, and letters come here");
        writes("/restrict", "en");
        says("used for nothing");
        assertThat(count("RESTRICTED")).isEqualTo(1);
        presses("Use my data again");
        says("letters come again");
        assertThat(count("CONFIRMED")).isEqualTo(1);
        writes("/object", "en");
        says("Your objection is noted");
        assertThat(count("LEFT")).isEqualTo(1);
        assertThat(daemon.get("/api/v1/person-requests").json().path("items"))
                .extracting(one -> one.path("kind").asText() + " "
                        + one.path("door").asText() + " " + one.path("doneAt").isTextual())
                .containsExactly("OBJECTION BOT true", "RESTRICTION BOT true");
    }

    @Test
    void leaving_is_one_step_in_english_as_well() {
        open();
        writes("/start", "en-GB");
        says("I agree that Les Amis");
        presses("I agree");
        says("You are signed up, and letters come here");
        writes("/stop", "en");
        says("You have left");
        assertThat(count("CONFIRMED")).isZero();
        assertThat(count("LEFT")).isEqualTo(1);
    }

    @Test
    void the_language_can_be_changed_before_agreeing() {
        open();
        writes("/start", "de");
        says("I agree that");
        presses("Français");
        says("J’accepte que");
    }

    @Test
    void nothing_is_heard_in_groups_and_what_is_not_understood_is_answered_politely() {
        open();
        writes(-100L, "supergroup", "/start", "fr");
        writes("bonjour", "fr");
        says("Je comprends les boutons");
        pressed("a::0123456789abcdef");
        telegram.update(
                "message",
                "{\"message_id\":5,\"date\":1,\"from\":{\"id\":" + ADA
                        + ",\"is_bot\":false,\"language_code\":\"fr\"},\"chat\":{\"id\":" + ADA
                        + ",\"type\":\"private\"},\"sticker\":{\"file_id\":\"x\"}}");
        await().atMost(SOON).until(() -> said().size() == 3);
        assertThat(said())
                .allSatisfy(one -> assertThat(one.path("text").asText()).startsWith("Je comprends"));
        assertThat(count("CONFIRMED")).as("a forged button").isZero();
    }

    @Test
    void who_blocks_the_bot_is_not_written_to() {
        open();
        writes("/start", "fr");
        says("J’accepte que");
        presses("J’accepte");
        says("Vous êtes inscrit(e)");
        telegram.update(
                "my_chat_member",
                "{\"from\":{\"id\":" + ADA + "},\"chat\":{\"id\":" + ADA
                        + ",\"type\":\"private\"},\"date\":1,\"new_chat_member\":{\"status\":\"kicked\"}}");
        await().atMost(SOON).until(() -> count("UNREACHABLE") == 1);
    }

    @Test
    void what_telegram_puts_off_is_said_after_the_time_it_names_and_once() {
        open();
        telegram.nextTalk(FakeServer.Reply.json(
                429,
                "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 3\","
                        + "\"parameters\":{\"retry_after\":3}}"));
        writes("/help", "en");
        await().atMost(SOON).until(() -> said().size() == 1);
        long first = System.nanoTime();
        await().atMost(SOON).until(() -> said().size() == 2);
        assertThat(Duration.ofNanos(System.nanoTime() - first)).isGreaterThan(Duration.ofMillis(2_500));
        assertThat(said().getFirst()).isEqualTo(said().getLast());
    }

    @Test
    void an_address_is_taken_out_of_the_chat_though_telegram_fails_at_first() {
        open();
        writes("/start", "fr");
        says("J’accepte que");
        telegram.nextTalk(FakeTelegram.refusal(502, "Bad Gateway"));
        writes("j’écris de ada@exemple.fr", "fr");
        await().atMost(SOON)
                .until(() -> telegram.requests().stream()
                                .filter(seen ->
                                        seen.path().toLowerCase(Locale.ROOT).endsWith("/deletemessage"))
                                .count()
                        == 2);
    }

    @Test
    void an_address_under_a_picture_or_in_an_edit_is_taken_out_of_the_chat() {
        open();
        String from = "\"date\":1,\"from\":{\"id\":" + ADA
                + ",\"is_bot\":false,\"language_code\":\"fr\"},\"chat\":{\"id\":" + ADA + ",\"type\":\"private\"}";
        telegram.update(
                "message",
                "{\"message_id\":71," + from + ",\"photo\":[{\"file_id\":\"x\"}],\"caption\":\"ada@exemple.fr\"}");
        telegram.update("edited_message", "{\"message_id\":72," + from + ",\"text\":\"ada@exemple.fr\"}");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(telegram.requests().stream()
                                .filter(seen ->
                                        seen.path().toLowerCase(Locale.ROOT).endsWith("/deletemessage"))
                                .map(seen -> read(seen).path("message_id").asInt()))
                        .contains(71, 72));
    }

    @Test
    void who_has_blocked_the_bot_without_a_word_is_known_by_the_next_answer() {
        open();
        writes("/start", "fr");
        says("J’accepte que");
        presses("J’accepte");
        says("Vous êtes inscrit(e)");
        telegram.nextTalk(FakeTelegram.refusal(403, "Forbidden: bot was blocked by the user"));
        writes("/help", "fr");
        await().atMost(SOON).until(() -> count("UNREACHABLE") == 1);
    }

    @Test
    void a_refusal_of_what_stands_between_ends_nobody_s_subscription() {
        staysAfter(FakeServer.Reply.json(403, "<html>blocked by the proxy</html>"));
    }

    /** A bot that took another's place is refused by all who have spoken to that one alone. */
    @Test
    void a_refusal_of_a_bot_that_nobody_has_spoken_to_ends_nobody_s_subscription() {
        staysAfter(FakeTelegram.refusal(403, "Forbidden: bot can't initiate conversation with a user"));
    }

    private void staysAfter(FakeServer.Reply refusal) {
        open();
        writes("/start", "fr");
        says("J’accepte que");
        presses("J’accepte");
        says("Vous êtes inscrit(e)");
        int before = telegram.requests().size();
        telegram.nextTalk(refusal);
        writes("/help", "fr");
        await().atMost(SOON)
                .until(() -> telegram.requests().stream()
                        .skip(before)
                        .anyMatch(seen -> seen.path().toLowerCase(Locale.ROOT).endsWith("/sendmessage")));
        writes("/help", "fr");
        says("/stop");
        assertThat(count("CONFIRMED")).isEqualTo(1);
    }

    @Test
    void nobody_is_heard_before_it_is_said_who_answers_for_it() {
        Answer saved = daemon.send(
                daemon.token(),
                "PUT",
                "/api/v1/sign-up/settings",
                ("{\"controller\":\"\",\"contact\":\"\",\"botToken\":\"" + FakeTelegram.TOKEN + "\",\"version\":0}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(saved.status()).isEqualTo(422);
        assertThat(saved.body()).contains("/controller");
        assertThat(telegram.requests()).noneMatch(seen -> seen.path().endsWith("/getUpdates"));
        assertThat(daemon.send(null, "GET", "/newsletter", null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "1:short", "999999:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"})
    void a_token_that_is_none_is_told(String token) {
        Answer saved = settings(token);
        assertThat(saved.status()).as(saved.body()).isEqualTo(422);
        assertThat(saved.body()).contains("/botToken").doesNotContain(token);
    }

    @Test
    void the_bot_of_a_channel_is_not_the_public_s() {
        daemon.post(
                "/api/v1/channels",
                "{\"id\":\"tg\",\"network\":\"telegram\",\"check\":false,\"settings\":{\"baseUrl\":\""
                        + telegram.origin() + "\",\"chatId\":\"@agenda_fr\"},\"secrets\":{\"botToken\":\""
                        + FakeTelegram.TOKEN + "\"}}");
        assertThat(settings(FakeTelegram.TOKEN).body()).contains("/botToken");
    }

    @Test
    void the_public_s_bot_is_not_that_of_a_channel() {
        assertThat(settings(FakeTelegram.TOKEN).status()).isEqualTo(200);
        String channel = "{\"id\":\"tg\",\"network\":\"telegram\",\"check\":false,\"settings\":{\"baseUrl\":\""
                + telegram.origin() + "\",\"chatId\":\"@agenda_fr\"},\"secrets\":{\"botToken\":\"";
        Answer refused = daemon.send(
                daemon.token(),
                "POST",
                "/api/v1/channels",
                (channel + FakeTelegram.TOKEN + "\"}}").getBytes(StandardCharsets.UTF_8));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("/secrets/botToken", "BotFather").doesNotContain(FakeTelegram.TOKEN);
        Answer other = daemon.send(
                daemon.token(),
                "POST",
                "/api/v1/channels",
                (channel + "9" + FakeTelegram.TOKEN + "\"}}").getBytes(StandardCharsets.UTF_8));
        assertThat(other.status()).as(other.body()).isEqualTo(201);
    }
}
