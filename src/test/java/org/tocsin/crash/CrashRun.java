package org.tocsin.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;

/** One run: so many kills at so many places, then the five counts. */
final class CrashRun {
    /** Places in the daemon, and in the network while a request is there. */
    static final List<String> PLACES = List.of(
            "daemon:intent.before-commit",
            "daemon:intent.after-commit",
            "daemon:answer.before-record",
            "daemon:record.after-commit",
            "network:create.arrived",
            "network:create.committed",
            "network:upload.arrived",
            "random");

    private static final int POSTS_PER_START = 3;

    private final Path folder;
    private final long seed;
    private final int kills;
    private final List<String> places;
    private final Map<String, String> settings;
    private final String wrong;
    private final boolean breaking;

    /**
     * @param kills    how many
     * @param places   of {@link #PLACES}, in turn
     * @param settings of the daemon
     * @param wrong    a wrong variant, empty for none
     * @param breaking whether the networks break connections after they have accepted
     */
    CrashRun(
            Path folder,
            long seed,
            int kills,
            List<String> places,
            Map<String, String> settings,
            String wrong,
            boolean breaking) {
        this.folder = folder;
        this.seed = seed;
        this.kills = kills;
        this.places = places;
        this.settings = settings;
        this.wrong = wrong;
        this.breaking = breaking;
    }

    /** The five counts, and what they rest on. */
    record Counts(
            int posts,
            int kills,
            int killsInSending,
            int lost,
            int falseSent,
            int duplicates,
            int ghosts,
            Map<String, Integer> unknown,
            boolean balanced,
            List<String> findings) {}

    Counts run() throws Exception {
        Files.createDirectories(folder);
        Trigger trigger = new Trigger();
        List<Recorder> networks = Recorders.all(trigger, seed);
        if (breaking) {
            networks.forEach(Recorder::breakConnections);
        }
        try (CrashHarness daemon = new CrashHarness(folder.resolve("data"), networks, settings, wrong)) {
            int inSending = killAgainAndAgain(daemon, trigger);
            settle(daemon);
            return count(daemon, networks, inSending);
        } finally {
            networks.forEach(Recorder::close);
        }
    }

    private int killAgainAndAgain(CrashHarness daemon, Trigger trigger) throws Exception {
        Random random = new Random(seed);
        int inSending = 0;
        int posts = 0;
        if (!daemon.start("")) {
            throw new IllegalStateException(Files.readString(folder.resolve("daemon.err")));
        }
        daemon.connect(png());
        daemon.kill();
        for (int i = 0; i < kills; i++) {
            String place = places.get(i % places.size());
            boolean inDaemon = place.startsWith("daemon:");
            int pass = 1 + random.nextInt(4);
            if (!daemon.start(inDaemon ? place.substring(7) + ":" + pass : "")) {
                // It died before it was ready, of work that it found: a kill all the same.
                inSending += inSending(place) ? 1 : 0;
                continue;
            }
            if (place.startsWith("network:")) {
                trigger.arm(place.substring(8));
            }
            for (int j = 0; j < POSTS_PER_START; j++) {
                daemon.want(posts++);
            }
            daemon.submit();
            boolean hit;
            if (inDaemon) {
                hit = daemon.died(4000);
            } else if (place.equals("random")) {
                hit = daemon.died(random.nextInt(600));
            } else {
                hit = trigger.reached(4000);
            }
            inSending += hit && inSending(place) ? 1 : 0;
            daemon.kill();
            trigger.release();
        }
        return inSending;
    }

    private static boolean inSending(String place) {
        return List.of(
                        "daemon:intent.after-commit",
                        "daemon:answer.before-record",
                        "network:create.arrived",
                        "network:create.committed")
                .contains(place);
    }

    /** Lets the daemon come to rest: everything acknowledged, and nothing under way. */
    private void settle(CrashHarness daemon) throws Exception {
        if (!daemon.start("")) {
            throw new IllegalStateException(Files.readString(folder.resolve("daemon.err")));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    daemon.submit();
                    return daemon.allAcknowledged()
                            && daemon.deliveries().stream().allMatch(CrashRun::atRest);
                });
    }

    private static boolean atRest(JsonNode delivery) {
        String state = delivery.path("state").asText();
        boolean person = delivery.path("nextAction").asText().equals("PERSON");
        return state.equals("PUBLISHED")
                || (state.equals("UNKNOWN") && person)
                || state.equals("HELD")
                || state.equals("REFUSED");
    }

    private Counts count(CrashHarness daemon, List<Recorder> networks, int inSending) throws Exception {
        List<String> findings = new ArrayList<>();
        Map<String, Integer> unknown = new TreeMap<>();
        int lost = 0;
        int falseSent = 0;
        int duplicates = 0;
        int ghosts = 0;
        List<JsonNode> deliveries = daemon.deliveries();
        for (Recorder network : networks) {
            List<String> seen =
                    network.all().stream().map(Recorder.Accepted::text).toList();
            List<String> asked = new ArrayList<>();
            for (JsonNode delivery : deliveries) {
                if (!delivery.path("channelId").asText().equals(network.channel())) {
                    continue;
                }
                String state = delivery.path("state").asText();
                if (state.equals("UNKNOWN")) {
                    unknown.merge(network.channel(), 1, Integer::sum);
                }
                for (JsonNode segment : delivery.path("segments")) {
                    String text = segment.path("text").asText();
                    asked.add(text);
                    boolean there = seen.contains(text);
                    if (!there && segment.path("state").asText().equals("PUBLISHED")) {
                        falseSent++;
                        findings.add("false-sent on " + network.channel() + ": " + text);
                    }
                    if (!there && !List.of("UNKNOWN", "HELD", "PUBLISHED").contains(state)) {
                        lost++;
                        findings.add("lost on " + network.channel() + " (" + state + "): " + text);
                    }
                }
            }
            for (String text : seen.stream().distinct().toList()) {
                int times = Collections.frequency(seen, text);
                if (times > 1) {
                    duplicates += times - 1;
                    findings.add(times + " times on " + network.channel() + ": " + text);
                }
                if (!asked.contains(text)) {
                    ghosts++;
                    findings.add("ghost on " + network.channel() + ": " + text);
                }
            }
            int missing = daemon.acknowledged()
                    - (int) deliveries.stream()
                            .filter(delivery ->
                                    delivery.path("channelId").asText().equals(network.channel()))
                            .count();
            if (missing != 0) {
                lost += Math.abs(missing);
                findings.add(missing + " acknowledged posts without a delivery on " + network.channel());
            }
        }
        boolean balanced = daemon.get("/api/v1/ledger").path("balanced").asBoolean();
        return new Counts(
                daemon.acknowledged(),
                kills,
                inSending,
                lost,
                falseSent,
                duplicates,
                ghosts,
                unknown,
                balanced,
                findings);
    }

    private static byte[] png() throws Exception {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
