package org.tocsin.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.tocsin.network.Json;
import org.tocsin.network.mastodon.FakeMastodon;

/**
 * Builds the image of {@code docker/Dockerfile} from this repository, starts it as {@code docker/compose.yaml} does, and publishes from
 * it to a fake network in this process.
 *
 * <p>It needs a Docker engine and access to the image registries. Without an engine it is skipped and says so; it has not been run
 * where it was written, since there was none.
 */
class DockerImageTest {
    private static final int PORT = 8080;
    private static final Duration BUILD_AND_START = Duration.ofMinutes(10);

    @BeforeEach
    void needsDocker() {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "skipped: no Docker engine is reachable, so the image was neither built nor started");
    }

    @Test
    void the_image_starts_without_privileges_and_publishes_once() throws Exception {
        try (FakeMastodon network = new FakeMastodon(Clock.systemUTC())) {
            int networkPort = network.peer().port();
            Testcontainers.exposeHostPorts(networkPort);
            String host = "host.testcontainers.internal:" + networkPort;
            try (GenericContainer<?> tocsin = new GenericContainer<>(image())) {
                tocsin.withExposedPorts(PORT)
                        .withEnv("TOCSIN_HTTP_ALLOW", host)
                        // As in compose.yaml: SQLite's native library is unpacked there.
                        .withTmpFs(Map.of("/tmp", "rw,exec,nosuid,nodev,size=64m"))
                        .waitingFor(Wait.forHttp("/health/ready").forPort(PORT).withStartupTimeout(BUILD_AND_START))
                        .start();
                assertThat(tocsin.execInContainer("id", "-u").getStdout().strip())
                        .isEqualTo("10001");
                String token = tocsin.execInContainer("cat", "/data/api.token")
                        .getStdout()
                        .strip();
                Api api = new Api("http://" + tocsin.getHost() + ":" + tocsin.getMappedPort(PORT), token);

                api.post("/api/v1/channels", channel("http://" + host));
                ObjectNode post = Json.object().put("text", "Hello from a container");
                post.putArray("channels").add("fake");
                String id = api.post("/api/v1/posts", post).path("id").asText();

                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(api.get("/api/v1/posts/" + id)
                                        .path("deliveries")
                                        .path(0)
                                        .path("state")
                                        .asText())
                                .isEqualTo("PUBLISHED"));
                assertThat(network.effects())
                        .singleElement()
                        .satisfies(effect -> assertThat(effect.text()).isEqualTo("Hello from a container"));
            }
        }
    }

    /** Only what the Dockerfile copies goes to the engine. */
    private static ImageFromDockerfile image() {
        return new ImageFromDockerfile()
                .withFileFromPath("Dockerfile", Path.of("docker/Dockerfile"))
                .withFileFromPath("docker/healthy.sh", Path.of("docker/healthy.sh"))
                .withFileFromPath("pom.xml", Path.of("pom.xml"))
                .withFileFromPath("routes", Path.of("routes"))
                .withFileFromPath("src/main", Path.of("src/main"));
    }

    private static ObjectNode channel(String address) {
        ObjectNode channel = Json.object().put("id", "fake").put("network", "mastodon");
        channel.putObject("settings").put("baseUrl", address);
        channel.putObject("secrets").put("accessToken", FakeMastodon.TOKEN);
        return channel;
    }

    /** The daemon's REST API, as far as this test needs it. */
    private record Api(String address, String token) {
        JsonNode get(String path) throws IOException, InterruptedException {
            return send(request(path).GET());
        }

        JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
            return send(request(path)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(Duration.ofSeconds(30))
                    .header("Authorization", "Bearer " + token);
        }

        private static JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
            try (HttpClient http = HttpClient.newHttpClient()) {
                HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
                return Json.read(answer.body());
            }
        }
    }
}
