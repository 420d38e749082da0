package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole daemon tells while it works. */
class LiveTest {
    @TempDir
    private Path folder;

    private RunningDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder);
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private BufferedReader open(String path, String header) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port());
        // More than a beat.
        socket.setSoTimeout(25_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + daemon.port()
                                + "\r\nAccept: text/event-stream\r\nAccept-Encoding: gzip\r\n" + header + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String until(BufferedReader in, String part) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        return "the end";
    }

    @Test
    void a_post_is_told_of_from_its_acceptance_to_its_receipt() throws IOException {
        try (BufferedReader in = open("/api/v1/live", "Authorization: Bearer " + daemon.token())) {
            until(in, "retry:");
            String post = daemon.post("/api/v1/posts", "{\"text\":\"vu\",\"channels\":[\"rehearsal\"]}")
                    .json()
                    .path("id")
                    .asText();
            assertThat(until(in, "data: ")).contains("\"postId\":\"" + post + "\"");
            String last = until(in, "PUBLISHED");
            JsonNode told = RunningDaemon.JSON.readTree(last.substring("data: ".length()));
            JsonNode is = daemon.get(
                            "/api/v1/deliveries/" + told.path("deliveryId").asText())
                    .json();
            assertThat(is.path("state").asText()).isEqualTo("PUBLISHED");
            assertThat(told.path("version").asLong())
                    .isEqualTo(is.path("version").asLong());
        }
    }

    @Test
    void without_the_right_nothing_is_told() throws IOException {
        String other = daemon.post("/api/v1/tokens", "{\"name\":\"t\",\"scopes\":[\"POST\"]}")
                .json()
                .path("token")
                .asText();
        try (BufferedReader in = open("/api/v1/live", "Authorization: Bearer " + other)) {
            assertThat(in.readLine()).contains(" 403 ");
        }
        try (BufferedReader in = open("/api/v1/live", "X-None: x")) {
            assertThat(in.readLine()).contains(" 401 ");
        }
        try (BufferedReader in = open("/desk/live", "Cookie: tocsin=" + "x".repeat(43))) {
            assertThat(in.readLine()).contains(" 303 ");
        }
    }

    @Test
    void who_signs_out_is_cut_off_within_a_beat() throws IOException {
        try (Browser browser = Browser.ofTheFirst(daemon);
                BufferedReader in = open("/desk/live", "Cookie: " + browser.cookie())) {
            assertThat(in.readLine()).contains(" 200 ");
            until(in, "retry:");
            browser.get("/desk/account");
            browser.post("/desk/sign-out");
            assertThat(until(in, "event:")).isEqualTo("the end");
        }
    }

    @Test
    void a_daemon_that_stops_ends_the_streams_at_once() throws IOException {
        try (BufferedReader in = open("/api/v1/live", "Authorization: Bearer " + daemon.token())) {
            until(in, "retry:");
            long before = System.nanoTime();
            daemon.close();
            assertThat(until(in, "event:")).isEqualTo("the end");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
        daemon = new RunningDaemon(folder);
    }
}
