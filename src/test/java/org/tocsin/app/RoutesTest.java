package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.tocsin.config.SettingsReader;
import org.tocsin.recipient.WayKind;

/** The routes are the map: what is in the folder flows, what is taken away does not. */
class RoutesTest {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void a_post_goes_out_through_the_routes_of_the_release() throws Exception {
        try (Daemon daemon = start(Map.of())) {
            submit(daemon);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> states(daemon).equals("PUBLISHED PUBLISHED "));
        }
    }

    @Test
    void without_its_route_nothing_is_published_and_nothing_is_lost() throws Exception {
        Path routes = copyRoutes();
        Files.delete(routes.resolve("publish.camel.yaml"));
        try (Daemon daemon = start(Map.of("TOCSIN_ROUTES", routes.toString()))) {
            submit(daemon);
            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> states(daemon).equals("DUE DUE "));
        }
        try (Daemon daemon = start(Map.of("TOCSIN_ROUTES", copyRoutes().toString()))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> states(daemon).equals("PUBLISHED PUBLISHED "));
        }
    }

    /**
     * Not by a hook of the process: a program that starts many would run out of memory. What all parts of it have is its clock. The second is
     * there because Camel's simple language keeps the context that came last.
     */
    @Test
    void the_parts_of_a_daemon_that_was_closed_are_held_by_nothing_once_another_has_started() {
        WeakReference<Clock> closed = clockOfOneThatWasClosed();
        start(Map.of()).close();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return closed.refersTo(null);
        });
    }

    private WeakReference<Clock> clockOfOneThatWasClosed() {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMillis(1));
        start(Map.of(), clock).close();
        return new WeakReference<>(clock);
    }

    /** Four texts at once go to one server; where it is silent, those of all other sorts of ways must find room. */
    @Test
    void more_texts_leave_at_once_than_silent_servers_hold_up() throws Exception {
        Matcher slots = Pattern.compile("uri: due:dispatches\\s+parameters:\\s+slots: (\\d+)")
                .matcher(Files.readString(Path.of("routes", "alert.camel.yaml")));
        assertThat(slots.find()).isTrue();
        assertThat(Integer.parseInt(slots.group(1))).isGreaterThan(4 * WayKind.values().length);
    }

    @Test
    void a_route_that_fails_is_logged_with_its_cause() throws Exception {
        Path routes = copyRoutes();
        Files.writeString(routes.resolve("wrong.camel.yaml"), """
                - route:
                    id: wrong
                    from:
                      uri: timer:wrong?repeatCount=1&delay=0
                      steps:
                        - bean:
                            ref: notices
                            method: release
                """);
        Logger logger = (Logger) LoggerFactory.getLogger("org.tocsin.routes");
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        logger.addAppender(seen);
        try (Daemon daemon = start(Map.of("TOCSIN_ROUTES", routes.toString()))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> daemon.port() > 0
                            && List.copyOf(seen.list).stream()
                                    .map(ILoggingEvent::getFormattedMessage)
                                    .anyMatch(message -> message.contains("route wrong failed")
                                            && message.contains("nothing was claimed")
                                            && message.contains("NoNotices.release")));
        } finally {
            logger.detachAppender(seen);
        }
    }

    private Daemon start(Map<String, String> more) {
        return start(more, Clock.systemUTC());
    }

    private Daemon start(Map<String, String> more, Clock clock) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("TOCSIN_DATA", folder.resolve("data").toString());
        environment.put("TOCSIN_HTTP_PORT", "0");
        return Daemon.start(SettingsReader.read(folder.resolve("none"), environment), clock, Seams.NONE);
    }

    private Path copyRoutes() throws IOException {
        Path target = Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.write(target.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return target;
    }

    private void submit(Daemon daemon) throws Exception {
        HttpResponse<String> answer = http.send(
                request(daemon, "/api/v1/posts")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"Réunion publique\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private String states(Daemon daemon) throws Exception {
        String body = http.send(request(daemon, "/api/v1/deliveries").build(), HttpResponse.BodyHandlers.ofString())
                .body();
        StringBuilder states = new StringBuilder();
        for (JsonNode delivery : json.readTree(body).path("items")) {
            states.append(delivery.path("state").asText()).append(' ');
        }
        return states.toString();
    }

    private HttpRequest.Builder request(Daemon daemon, String path) throws IOException {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(folder.resolve("data").resolve("api.token"))
                                        .strip());
    }
}
