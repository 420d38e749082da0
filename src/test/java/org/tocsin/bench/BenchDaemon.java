package org.tocsin.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The released jar as a process, under load over its API. */
final class BenchDaemon implements AutoCloseable {
    private final Process process;
    private final Path data;
    private final int port;
    private final double readyMillis;
    private final List<String> channels;
    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();

    private BenchDaemon(
            Process process, Path data, int port, double readyMillis, List<String> channels, HttpClient http) {
        this.process = process;
        this.data = data;
        this.port = port;
        this.readyMillis = readyMillis;
        this.channels = channels;
        this.http = http;
    }

    /** What a load came to. */
    record Load(double perSecond, double p99Millis) {}

    static BenchDaemon start(Path jar, Path data, List<SlowNetwork> networks) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"), "-jar", jar.toString(), "serve");
        Map<String, String> environment = builder.environment();
        environment.put("TOCSIN_DATA", data.toString());
        environment.put("TOCSIN_HTTP_PORT", String.valueOf(port));
        environment.put(
                "TOCSIN_HTTP_ALLOW", networks.stream().map(SlowNetwork::peer).collect(Collectors.joining(",")));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long started = System.nanoTime();
        Process process = builder.start();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .build();
        while (!isReady(http, ready)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the daemon did not start");
            }
            Thread.sleep(5);
        }
        double millis = (System.nanoTime() - started) / 1e6;
        List<String> channels = networks.isEmpty()
                ? List.of("rehearsal")
                : networks.stream().map(SlowNetwork::id).toList();
        BenchDaemon daemon = new BenchDaemon(process, data, port, millis, channels, http);
        for (SlowNetwork network : networks) {
            daemon.send("/api/v1/channels", network.channelBody());
        }
        return daemon;
    }

    private static boolean isReady(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    double readyMillis() {
        return readyMillis;
    }

    double residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1000.0;
            }
        }
        return -1;
    }

    int port() {
        return port;
    }

    /** @return a fresh token that may read */
    String token() throws Exception {
        return json.readTree(send("/api/v1/tokens", "{\"name\":\"bench\",\"scopes\":[\"READ\"]}"))
                .path("token")
                .asText();
    }

    /** @return where the first person is set up, once */
    String setUp() throws Exception {
        return json.readTree(send("/api/v1/setup-link", "{}")).path("path").asText();
    }

    /** Three years of daily figures of eight channels, each with a gap, and 150 notes. */
    void figures() throws Exception {
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        StringBuilder table = new StringBuilder("channel,date,followers\n");
        for (int i = 1; i <= 8; i++) {
            send("/api/v1/channels", "{\"id\":\"c" + i + "\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
            long followers = 1_000L * i;
            for (int day = 1_095; day > 0; day--) {
                followers += (day * 31 + i * 17) % 23 - 8;
                if ((day + i * 40) % 300 > 12) {
                    table.append('c')
                            .append(i)
                            .append(',')
                            .append(today.minusDays(day))
                            .append(',');
                    table.append(followers).append('\n');
                }
            }
        }
        send("/api/v1/audience/import", table.toString());
        for (int i = 0; i < 150; i++) {
            send(
                    "/api/v1/audience/annotations",
                    "{\"kind\":\"MEETING\",\"text\":\"Réunion publique no " + i + "\",\"day\":\""
                            + today.minusDays(i * 7L) + "\"}");
        }
    }

    /** @return whether a delivery is due that has not begun */
    boolean waits() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/deliveries?state=DUE&limit=1"))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(data.resolve("api.token")).strip())
                .build();
        return !json.readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .path("items")
                .isEmpty();
    }

    /** @return what is used of the heap right after a collection */
    double heapMegabytes() throws Exception {
        jcmd("GC.run");
        Matcher used = Pattern.compile("used (\\d+)K").matcher(jcmd("GC.heap_info"));
        return used.find() ? Long.parseLong(used.group(1)) / 1000.0 : -1;
    }

    private String jcmd(String command) throws Exception {
        Process asked = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        command)
                .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor();
        return said;
    }

    /** Posts so many texts on all channels from so many callers at once; with {@code later} they are only accepted. */
    Load post(String marker, int count, int callers, boolean later) throws Exception {
        String wanted = channels.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        String when = later ? ",\"at\":\"2028-06-01T10:00\",\"zone\":\"Europe/Paris\"" : "";
        AtomicInteger next = new AtomicInteger();
        double[] millis = new double[count];
        long started = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(callers)) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                all.add(pool.submit(() -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        long begun = System.nanoTime();
                        send(
                                "/api/v1/posts",
                                "{\"text\":\"" + marker + i + " Réunion publique jeudi 20 h\",\"channels\":[" + wanted
                                        + "]" + when + "}");
                        millis[i] = (System.nanoTime() - begun) / 1e6;
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        Arrays.sort(millis);
        return new Load(count / seconds, millis[(int) Math.ceil(count * 0.99) - 1]);
    }

    private String send(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(data.resolve("api.token")).strip())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }

    /** @return whether each network saw the last run in the order in which the daemon accepted it */
    boolean inOrder(List<SlowNetwork> networks) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/posts?limit=20"))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(data.resolve("api.token")).strip())
                .build();
        List<String> accepted = new ArrayList<>();
        for (JsonNode post : json.readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .path("items")) {
            accepted.addFirst(post.path("text").asText());
        }
        return networks.stream().allMatch(network -> network.seen().equals(accepted));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
