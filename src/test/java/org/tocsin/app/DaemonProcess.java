package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.crash.WarmStart;
import org.tocsin.network.Behaviour;
import org.tocsin.network.mastodon.FakeMastodon;

/** A daemon in a process of its own, with one channel on a network of the test: what its system does to it, it does to nobody else. */
final class DaemonProcess implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/$");

    private final Process process;
    private final FakeMastodon network;
    private final Queue<String> log;
    private final int port;
    private final Caller caller;

    DaemonProcess(Path data, FakeMastodon network, Map<String, String> environment) throws IOException {
        List<String> command = WarmStart.command();
        command.addAll(List.of(Main.class.getName(), "serve"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TOCSIN_DATA", data.toString());
        builder.environment().put("TOCSIN_HTTP_PORT", "0");
        builder.environment().put("TOCSIN_CARDS", "false");
        builder.environment()
                .put(
                        "TOCSIN_HTTP_ALLOW",
                        network.peer().host() + ":" + network.peer().port());
        builder.environment().put("LC_ALL", "en");
        builder.environment().putAll(environment);
        this.network = network;
        this.process = builder.start();
        this.log = new ConcurrentLinkedQueue<>();
        // Through a pipe: a limit on the size of files would cut the log as well.
        Thread.ofPlatform().daemon(true).start(this::listen);
        this.port = announced();
        this.caller =
                new Caller(port, Files.readString(data.resolve("api.token")).strip());
    }

    private void listen() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(log::add);
        } catch (IOException | UncheckedIOException e) {
            log.add(e.toString());
        }
    }

    /** Where it listens, on 127.0.0.1. */
    int port() {
        return port;
    }

    private int announced() throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
        }
        process.destroyForcibly();
        throw new AssertionError("the daemon did not start: " + log());
    }

    void addChannel() {
        Answer added = caller.post(
                "/api/v1/channels",
                "{\"id\":\"m\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"" + network.origin()
                        + "\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN + "\"}}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
    }

    /** A delivery whose request has arrived and is not answered yet. */
    void underWay(CountDownLatch answer) {
        network.nextCreates(new Behaviour.Wait(answer));
        Answer accepted = submit("Réunion publique");
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);
        await().atMost(SOON).until(() -> network.creates().size() == 1);
    }

    Answer submit(String text) {
        return caller.post("/api/v1/posts", "{\"text\":\"" + text + "\",\"channels\":[\"m\"]}");
    }

    Answer get(String path) {
        return caller.get(path);
    }

    Answer post(String path, String body) {
        return caller.post(path, body);
    }

    /** The states of all deliveries, the newest first. */
    String states() {
        StringBuilder states = new StringBuilder();
        for (JsonNode delivery : get("/api/v1/deliveries").json().path("items")) {
            states.append(delivery.path("state").asText()).append(' ');
        }
        return states.toString().strip();
    }

    /** What it wrote on standard error until now. */
    String log() {
        return String.join("\n", log);
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    int exitValue() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it has ended").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        caller.close();
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
