package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.network.mastodon.FakeMastodon;

/** Followers are counted by a route, and by nothing else. */
class AudienceRouteTest {
    @TempDir
    private Path folder;

    @Test
    void without_its_route_nobody_is_counted_and_with_it_at_once() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.delete(routes.resolve("audience.camel.yaml"));
        try (FakeMastodon mastodon = new FakeMastodon(Clock.systemUTC())) {
            try (RunningDaemon daemon = start(mastodon, "TOCSIN_ROUTES", routes.toString())) {
                Answer made = daemon.post(
                        "/api/v1/channels",
                        "{\"id\":\"mast\",\"network\":\"mastodon\",\"check\":false,\"settings\":{\"baseUrl\":\""
                                + mastodon.origin() + "\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN
                                + "\"}}");
                assertThat(made.status()).as(made.body()).isEqualTo(201);
                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> mastodon.counts().isEmpty());
            }
            try (RunningDaemon daemon = start(mastodon)) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> daemon.port() > 0 && !mastodon.counts().isEmpty());
            }
            assertThat(mastodon.counts()).hasSize(1);
        }
    }

    private RunningDaemon start(FakeMastodon mastodon, String... more) throws IOException {
        return new RunningDaemon(
                folder.resolve("data"),
                Stream.concat(Stream.of("TOCSIN_HTTP_ALLOW", mastodon.peer().toString()), Stream.of(more))
                        .toArray(String[]::new));
    }
}
