package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.tocsin.network.Behaviour;
import org.tocsin.network.mastodon.FakeMastodon;
import org.tocsin.network.telegram.FakeTelegram;

/** Known secrets go through a whole daemon while everything fails, and are looked for in all that it wrote down. */
class CanaryTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static Behaviour[] failures() {
        return new Behaviour[] {
            Behaviour.drop(),
            Behaviour.html(502),
            new Behaviour.Half(false),
            Behaviour.answer(429, "{}"),
            Behaviour.answer(400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request\",\"error\":\"no\"}"),
            Behaviour.answer(500, "not json"),
            Behaviour.answer(
                    401, "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\",\"error\":\"no\"}"),
        };
    }

    private String written() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith("reserve"))
                    .toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static String logged(ListAppender<ILoggingEvent> seen) {
        return List.copyOf(seen.list).stream()
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void no_secret_is_in_the_log_or_plain_on_the_disk_whatever_fails() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        root.addAppender(seen);
        Logger ours = (Logger) LoggerFactory.getLogger("org.tocsin");
        root.setLevel(Level.INFO);
        ours.setLevel(Level.TRACE);
        String answers;
        try (FakeTelegram telegram = new FakeTelegram(Clock.systemUTC());
                FakeMastodon mastodon = new FakeMastodon(Clock.systemUTC());
                RunningDaemon daemon = new RunningDaemon(
                        folder,
                        "TOCSIN_HTTP_ALLOW",
                        "127.0.0.1:" + telegram.peer().port() + ",127.0.0.1:"
                                + mastodon.peer().port() + ",127.0.0.1:1",
                        "TOCSIN_DELIVERY_RETRY_MIN",
                        "50ms",
                        "TOCSIN_DELIVERY_RETRY_MAX",
                        "100ms",
                        "TOCSIN_DELIVERY_QUIET",
                        "100ms",
                        "TOCSIN_NOTICES_WEBHOOK_URL",
                        "http://127.0.0.1:1/",
                        "TOCSIN_NOTICES_WEBHOOK_SECRET",
                        "canary-webhook-secret")) {
            Map<String, String> channels = Map.of(
                    "t",
                    "{\"id\":\"t\",\"network\":\"telegram\",\"settings\":{\"baseUrl\":\"" + telegram.origin()
                            + "\",\"chatId\":\"@agenda_fr\",\"rate.messages-1s\":\"off\",\"rate.messages-1min\":\"off\"},"
                            + "\"secrets\":{\"botToken\":\"" + FakeTelegram.TOKEN + "\"},\"check\":false}",
                    "m",
                    "{\"id\":\"m\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"" + mastodon.origin()
                            + "\",\"rate.posts-3h\":\"off\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN
                            + "\"}}");
            for (String body : channels.values()) {
                RunningDaemon.Answer added = daemon.post("/api/v1/channels", body);
                assertThat(added.status()).as(added.body()).isEqualTo(201);
            }
            int posts = failures().length;
            telegram.nextCreates(failures());
            mastodon.nextCreates(failures());
            for (int i = 0; i < posts; i++) {
                RunningDaemon.Answer accepted =
                        daemon.post("/api/v1/posts", "{\"text\":\"Essai " + i + "\",\"channels\":[\"t\",\"m\"]}");
                assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);
            }
            await().atMost(SOON)
                    .until(() ->
                            telegram.creates().size() >= 3 && mastodon.creates().size() >= 3);
            // After the posts: a reading that is refused or asked to wait holds the channel, and nothing would leave.
            mastodon.nextReads(failures());
            for (int i = 0; i < posts; i++) {
                daemon.post("/api/v1/channels/m/check", "{}");
            }
            answers = daemon.get("/api/v1/deliveries?limit=200").body()
                    + daemon.get("/api/v1/channels").body()
                    + daemon.get("/api/v1/notices").body()
                    + daemon.get("/api/v1/doctor").body();
        } finally {
            root.detachAppender(seen);
            root.setLevel(Level.WARN);
            ours.setLevel(Level.INFO);
        }
        String administrator = Files.readString(folder.resolve("api.token")).strip();
        Files.delete(folder.resolve("api.token"));
        String disk = written();
        String log = logged(seen);
        assertThat(log).as("something was logged").isNotEmpty();
        for (String canary : List.of(FakeTelegram.TOKEN, FakeMastodon.TOKEN, "canary-webhook-secret", administrator)) {
            assertThat(log.contains(canary)).as("in the log: " + canary).isFalse();
            assertThat(disk.contains(canary)).as("on the disk: " + canary).isFalse();
            assertThat(answers.contains(canary)).as("in an answer: " + canary).isFalse();
        }
    }
}
