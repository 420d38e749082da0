package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk gives back other bytes than were written, under a running daemon. */
class BrokenDiskTest {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/$");

    @TempDir
    private Path folder;

    private Process daemon() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve");
        builder.environment().put("TOCSIN_DATA", folder.resolve("data").toString());
        builder.environment().put("TOCSIN_HTTP_PORT", "0");
        builder.environment().put("LC_ALL", "en");
        builder.redirectError(folder.resolve("err").toFile());
        return builder.start();
    }

    private static int port(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
        }
        throw new AssertionError("the daemon did not start");
    }

    /** All pages but the first, in the database and in its log. */
    private void spoil(String name, int from) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("data").resolve(name).toFile(), "rw")) {
            byte[] bytes = new byte[(int) Math.max(0, file.length() - from)];
            Arrays.fill(bytes, (byte) 0x5a);
            file.seek(from);
            file.write(bytes);
        }
    }

    @Test
    void a_daemon_whose_database_is_damaged_under_it_ends_with_75_and_is_refused_with_78() throws Exception {
        Process first = daemon();
        try (HttpClient client = HttpClient.newHttpClient()) {
            int port = port(first);
            spoil("tocsin.db", 4096);
            spoil("tocsin.db-wal", 32);
            // Tables that no connection has in its memory yet.
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/campaigns"))
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Files.readString(folder.resolve("data").resolve("api.token"))
                                            .strip())
                    .timeout(Duration.ofSeconds(20))
                    .build();
            var answer = client.sendAsync(request, BodyHandlers.ofString());
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(first.exitValue()).isEqualTo(75);
            assertThat(answer).failsWithin(Duration.ofSeconds(20));
            assertThat(Files.readString(folder.resolve("err"))).contains("the store has failed");
        } finally {
            first.destroyForcibly();
        }
        Process second = daemon();
        try {
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(78);
            assertThat(Files.readString(folder.resolve("err"))).contains("is damaged and is left as it is");
        } finally {
            second.destroyForcibly();
        }
    }
}
