package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** Controls that stand in no page of their own: whom to tell, what the build is made of, what the process refuses. */
class SecurityControlsTest {
    @Test
    void who_finds_a_weakness_is_told_whom_to_tell(@TempDir Path folder) throws IOException {
        try (RunningDaemon daemon = new RunningDaemon(
                folder,
                "TOCSIN_SECURITY_CONTACT",
                "securite@quai-ouvert.example",
                "TOCSIN_PUBLIC_URL",
                "https://quai-ouvert.example/")) {
            Answer told = daemon.send(null, "GET", "/.well-known/security.txt", null);
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
            List<String> lines = told.body().lines().toList();
            assertThat(lines)
                    .contains(
                            "Contact: mailto:securite@quai-ouvert.example",
                            "Canonical: https://quai-ouvert.example/.well-known/security.txt");
            Instant expires = lines.stream()
                    .filter(line -> line.startsWith("Expires: "))
                    .map(line -> Instant.parse(line.substring(9)))
                    .findFirst()
                    .orElseThrow();
            assertThat(Duration.between(Instant.now(), expires)).isBetween(Duration.ofDays(90), Duration.ofDays(365));

            Answer parts = daemon.get("/api/v1/sbom");
            assertThat(parts.status()).isEqualTo(200);
            assertThat(parts.json().path("bomFormat").asText()).isEqualTo("CycloneDX");
            Answer trail = daemon.get("/api/v1/audit/verify");
            assertThat(trail.json().path("whole").asBoolean()).isTrue();
            assertThat(trail.json().path("publicKey").asText()).isNotEmpty();
        }
    }

    @Test
    void without_a_contact_there_is_no_such_file(@TempDir Path folder) throws IOException {
        try (RunningDaemon daemon = new RunningDaemon(folder)) {
            assertThat(daemon.send(null, "GET", "/.well-known/security.txt", null)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void no_serialised_object_is_read_in_this_process() throws IOException {
        Main.nothingIsDeserialised();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of("x")));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThatThrownBy(in::readObject).isInstanceOf(InvalidClassException.class);
        }
        for (String place : List.of("docker/Dockerfile", "pom.xml")) {
            assertThat(Files.readString(Path.of(place))).as(place).contains("-Djdk.serialFilter=!*");
        }
    }

    @Test
    void text_becomes_markup_in_one_place_alone() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/desk"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".js")).toList()) {
                String script = Files.readString(file);
                assertThat(script)
                        .as(file.toString())
                        .doesNotContainPattern(
                                "(inner|outer)HTML\\s*\\+?=[^=]|insertAdjacentHTML|createContextualFragment|srcdoc");
                if (!file.endsWith("parsed.js")) {
                    assertThat(script).as(file.toString()).doesNotContain("DOMParser", "trustedTypes");
                }
            }
        }
    }
}
