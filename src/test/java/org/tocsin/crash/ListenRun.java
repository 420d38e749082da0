package org.tocsin.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.tocsin.network.telegram.FakeTelegram;

/** One run of a daemon that listens and is killed again and again, then what became of each item. */
final class ListenRun {
    /** Places in the daemon, and in a feed while the daemon reads it. */
    static final List<String> PLACES = List.of(
            "daemon:heard.before-commit",
            "daemon:heard.after-commit",
            "daemon:arrived.before-commit",
            "daemon:arrived.after-commit",
            "daemon:matched.before-commit",
            "daemon:matched.after-commit",
            "daemon:index.before-commit",
            "daemon:index.after-commit",
            "daemon:sender.after-commit",
            "daemon:sender.before-record",
            "feed:feed.asked",
            "feed:feed.answered",
            "random");

    /** Of a run that looks at how alerts leave: only what has left can be said twice. */
    static final List<String> OF_SENDER = List.of("daemon:sender.before-record");

    private static final List<String> FEEDS = List.of("gazette", "mairie", "radio");
    /** So soon after a start everything is there again. */
    static final Duration AGAIN = Duration.ofSeconds(60);

    private final Path folder;
    private final int kills;
    private final String wrong;
    private final Duration patience;
    private final List<String> places;
    private final Random random;
    private final ObjectMapper json = new ObjectMapper();
    private final ListenTally tally;
    private final List<ListenTally.Item> handed = new ArrayList<>();
    private String hook = "";
    private int items;

    /**
     * @param wrong    a wrong variant, empty for none
     * @param places   where it dies, one after the other
     * @param patience how long after the last start what is missing may still come
     */
    ListenRun(Path folder, long seed, int kills, String wrong, List<String> places, Duration patience) {
        this.folder = folder;
        this.places = places;
        this.kills = kills;
        this.wrong = wrong;
        this.patience = patience;
        this.random = new Random(seed);
        this.tally = new ListenTally(folder.resolve("data").resolve("tocsin.db"));
    }

    /**
     * @param died     how often it died at the place that was meant
     * @param seconds  from the last start until everything was there
     * @param findings what is not as it was promised
     */
    record Outcome(int items, int kills, int died, double seconds, List<String> findings) {}

    Outcome run() throws Exception {
        Files.createDirectories(folder);
        Trigger trigger = new Trigger();
        try (CrashFeeds feeds = new CrashFeeds(trigger);
                CrashStream stream = new CrashStream();
                FakeTelegram group = new FakeTelegram(Clock.systemUTC());
                CrashPager pager = new CrashPager();
                CrashHarness daemon = new CrashHarness(
                        folder.resolve("data"),
                        List.of(),
                        Map.of(
                                "TOCSIN_HTTP_ALLOW",
                                feeds.peer() + "," + pager.peer() + "," + stream.peer() + "," + group.peer(),
                                "TOCSIN_BLUESKY_JETSTREAM",
                                stream.url(),
                                "TOCSIN_SOURCE_POLL_MIN",
                                "250ms",
                                "TOCSIN_DELIVERY_RETRY_MIN",
                                "250ms",
                                "TOCSIN_PUBLIC_URL",
                                "https://desk.example"),
                        wrong)) {
            Saying saying = new Saying(feeds, stream, group);
            begin(daemon, saying, pager);
            int died = 0;
            for (int i = 0; i < kills; i++) {
                died += killed(daemon, saying, trigger, places.get(i % places.size())) ? 1 : 0;
            }
            return settle(daemon, died);
        }
    }

    /** Where things are said. */
    private record Saying(CrashFeeds feeds, CrashStream stream, FakeTelegram group) {}

    private void begin(CrashHarness daemon, Saying saying, CrashPager pager) throws Exception {
        CrashFeeds feeds = saying.feeds();
        started(daemon, "");
        String duty = created(daemon, "/api/v1/recipients", "{\"name\":\"Permanence\",\"budget\":1000}")
                .path("id")
                .asText();
        String ways = "/api/v1/recipients/" + duty + "/ways";
        created(
                daemon,
                ways,
                "{\"kind\":\"WEBHOOK\",\"url\":\"" + pager.url("hook") + "\",\"secret\":\"a secret of some length\"}");
        created(daemon, ways, "{\"kind\":\"SLACK\",\"url\":\"" + pager.url("chat") + "\"}");
        tally.pager(pager);
        for (String feed : FEEDS) {
            feeds.say(feed, new CrashFeeds.Said("0", "Ce qui était là", "avant"));
            JsonNode source = created(daemon, "/api/v1/sources", "{\"url\":\"" + feeds.url(feed) + "\"}");
            tally.source(feed, source.path("id").asText());
        }
        JsonNode form = created(daemon, "/api/v1/sources", "{\"type\":\"webhook\",\"name\":\"Formulaire\"}");
        tally.source("form", form.path("id").asText());
        hook = form.path("hook").asText();
        listened(daemon, saying);
        for (String query : ListenTally.QUERIES) {
            String body = json.writeValueAsString(Map.of("name", query, "query", query, "recipients", List.of(duty)));
            tally.watch(
                    query, created(daemon, "/api/v1/watches", body).path("id").asText());
        }
        // What stands there at the first reading is history, and history does not ring.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tally.heard() == FEEDS.size());
        // From where on it is told what it misses.
        saying.stream().say("create", "first", "rien");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tally.begun(ListenTally.STREAM));
        daemon.kill();
    }

    /** What comes by itself. */
    private void listened(CrashHarness daemon, Saying saying) throws Exception {
        JsonNode stream = created(daemon, "/api/v1/sources", "{\"type\":\"bluesky.stream\",\"name\":\"Bluesky\"}");
        tally.source(ListenTally.STREAM, stream.path("id").asText());
        created(
                daemon,
                "/api/v1/channels",
                "{\"id\":\"tg\",\"network\":\"telegram\",\"settings\":{\"baseUrl\":\""
                        + saying.group().origin() + "\",\"chatId\":\"-1001234567890\"},\"secrets\":{\"botToken\":\""
                        + FakeTelegram.TOKEN + "\"},\"check\":false}");
        JsonNode group = created(
                daemon,
                "/api/v1/sources",
                "{\"type\":\"telegram.group\",\"channelId\":\"tg\",\"name\":\"Quartier\",\"settings\":{\"query\":\"*\"}}");
        tally.source(ListenTally.GROUP, group.path("id").asText());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> saying.stream().listeners() == 1);
    }

    private static void started(CrashHarness daemon, String at) throws IOException {
        if (!daemon.start(at)) {
            throw new IllegalStateException("the daemon did not start");
        }
    }

    private JsonNode created(CrashHarness daemon, String path, String body) throws Exception {
        HttpResponse<String> answer = daemon.post(path, body, UUID.randomUUID().toString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.body());
        }
        return json.readTree(answer.body());
    }

    private boolean killed(CrashHarness daemon, Saying saying, Trigger trigger, String place) throws Exception {
        boolean inDaemon = place.startsWith("daemon:");
        int pass = place.contains("index") ? 1 : 1 + random.nextInt(3);
        if (place.startsWith("feed:")) {
            trigger.arm(place.substring(5));
        }
        say(saying);
        if (!daemon.start(inDaemon ? place.substring(7) + ":" + pass : "")) {
            // It died before it was ready, of what it found: a kill all the same.
            trigger.release();
            return true;
        }
        say(saying);
        handIn(daemon);
        boolean hit;
        if (inDaemon) {
            hit = daemon.died(3000);
        } else if (place.equals("random")) {
            hit = daemon.died(random.nextInt(900));
        } else {
            hit = trigger.reached(3000);
        }
        daemon.kill();
        trigger.release();
        return hit;
    }

    private void say(Saying saying) throws IOException {
        CrashFeeds feeds = saying.feeds();
        String feed = FEEDS.get(random.nextInt(FEEDS.size()));
        ListenTally.Item item = ListenTally.item(feed, items++, random);
        feeds.say(feed, new CrashFeeds.Said(item.id(), item.title(), item.text()));
        tally.said(item);
        if (item.number() % 6 == 0) {
            String other = FEEDS.get((FEEDS.indexOf(feed) + 1) % FEEDS.size());
            feeds.say(other, new CrashFeeds.Said(item.id(), item.title(), item.text()));
            tally.said(item.in(other));
        } else if (item.number() % 6 == 2) {
            // Said again with other words, under the same id: there is one, and the search has its last words.
            ListenTally.Item corrected = item.corrected();
            feeds.say(feed, new CrashFeeds.Said(corrected.id(), corrected.title(), corrected.text()));
            tally.said(corrected);
        }
        ListenTally.Item form = ListenTally.item("form", items++, random);
        handed.add(form);
        tally.said(form);
        inStream(saying.stream(), ListenTally.item(ListenTally.STREAM, items++, random));
        inGroup(saying.group(), ListenTally.item(ListenTally.GROUP, items++, random));
    }

    /** Of a whole network only what somebody watches for is kept. */
    private void inStream(CrashStream stream, ListenTally.Item item) throws IOException {
        stream.say("create", item.id(), item.title() + " " + item.text());
        if (item.watched()) {
            tally.said(item);
        }
        if (item.watched() && item.number() % 5 == 0) {
            ListenTally.Item corrected = item.corrected();
            stream.say("update", item.id(), corrected.title() + " " + corrected.text());
            tally.said(corrected);
        }
    }

    private void inGroup(FakeTelegram group, ListenTally.Item item) {
        group.update("message", message(item));
        tally.said(item);
        if (item.number() % 5 == 0) {
            group.update("edited_message", message(item.corrected()));
            tally.said(item.corrected());
        }
    }

    private String message(ListenTally.Item item) {
        ObjectNode message = json.createObjectNode()
                .put("message_id", item.number() + 1)
                .put("date", Instant.now().getEpochSecond())
                .put("text", item.title() + " " + item.text());
        message.putObject("chat")
                .put("id", ListenTally.CHAT)
                .put("type", "supergroup")
                .put("title", "Quartier");
        message.putObject("from").put("id", 7).put("first_name", "Rose").put("is_bot", false);
        return message.toString();
    }

    /** Whoever hands in does so until it was taken. */
    private void handIn(CrashHarness daemon) throws Exception {
        while (!handed.isEmpty()) {
            ListenTally.Item item = handed.getFirst();
            String body = json.writeValueAsString(Map.of("id", item.id(), "title", item.title(), "text", item.text()));
            try {
                HttpResponse<String> answer =
                        daemon.post(hook, body, UUID.randomUUID().toString());
                if (answer.statusCode() / 100 != 2) {
                    throw new IllegalStateException(answer.body());
                }
            } catch (IOException died) {
                return;
            }
            handed.removeFirst();
        }
    }

    private Outcome settle(CrashHarness daemon, int died) throws Exception {
        started(daemon, "");
        long begun = System.nanoTime();
        handIn(daemon);
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(400))
                    .until(() -> tally.findings(daemon).isEmpty());
        } catch (ConditionTimeoutException e) {
            // Told below, item by item.
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Outcome(items, kills, died, seconds, tally.findings(daemon));
    }
}
