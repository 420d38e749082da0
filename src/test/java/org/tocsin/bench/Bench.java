package org.tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tocsin.search.ListenBench;
import org.tocsin.search.SearchBench;

/** Runs every measurement and prints a table: medians, beside a limit that was measured in the same run. */
public final class Bench {
    private static final int STARTS = 5;
    private static final int RUNS = 3;
    private static final int POSTS = 2000;

    private Bench() {}

    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        Path folder = Files.createTempDirectory("tocsin-bench");
        System.out.printf(
                Locale.ROOT,
                "JDK %s, %d processors, %d MB heap of the measuring process%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / 1_000_000);
        starts(jar, folder);
        accepts(jar, folder);
        deliveries(jar, folder, 10);
        deliveries(jar, folder, 25);
        LiveBench.main(args);
        PaintBench.main(args);
        WatchBench.main(new String[0]);
        SearchBench.main(new String[0]);
        ListenBench.main(new String[0]);
        LetterBench.main(new String[0]);
    }

    private static void starts(Path jar, Path folder) throws Exception {
        double[] ready = new double[STARTS];
        double[] resident = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            try (BenchDaemon daemon = BenchDaemon.start(jar, folder.resolve("start"), List.of())) {
                ready[i] = daemon.readyMillis();
                Thread.sleep(3000);
                resident[i] = daemon.residentMegabytes();
            }
        }
        row("start to ready", median(ready), "ms", "goal 2500; first start of five makes the data folder");
        row("resident memory, idle 3 s after the start", median(resident), "MB", "goal 200");
    }

    /** Posts for later, on one channel: nothing but acceptance, each one synced before it is answered. */
    private static void accepts(Path jar, Path folder) throws Exception {
        double limit = commitsPerSecond(folder.resolve("limit.db"));
        double[] rate = new double[RUNS];
        double[] slow = new double[RUNS];
        try (BenchDaemon daemon = BenchDaemon.start(jar, folder.resolve("accept"), List.of())) {
            daemon.post("warm", 500, 16, true);
            for (int i = 0; i < RUNS; i++) {
                BenchDaemon.Load load = daemon.post("run" + i, POSTS, 16, true);
                rate[i] = load.perSecond();
                slow[i] = load.p99Millis();
            }
        }
        row(
                "posts accepted, 16 callers, " + POSTS + " a run",
                median(rate),
                "/s",
                String.format(
                        Locale.ROOT,
                        "goal 500; single-row commits of SQLite with synchronous=FULL on this disk: %.0f/s (ratio %.2f)",
                        limit,
                        median(rate) / limit));
        row("… p99 of an answer", median(slow), "ms", "goal 250");
    }

    private static double commitsPerSecond(Path database) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement setup = connection.createStatement()) {
            setup.execute("pragma journal_mode=wal");
            setup.execute("pragma synchronous=full");
            setup.execute("create table t (id integer primary key, text text)");
            try (PreparedStatement insert = connection.prepareStatement("insert into t (text) values (?)")) {
                long started = System.nanoTime();
                for (int i = 0; i < 2000; i++) {
                    insert.setString(1, "Réunion publique jeudi 20 h " + i);
                    insert.execute();
                }
                return 2000 / ((System.nanoTime() - started) / 1e9);
            }
        }
    }

    /** One delivery of a channel at a time, in order: at 200 ms a channel can do five a second and no more. */
    private static void deliveries(Path jar, Path folder, int channels) throws Exception {
        List<SlowNetwork> networks = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            networks.add(new SlowNetwork("slow" + i, 200));
        }
        double[] rate = new double[RUNS];
        boolean ordered = true;
        try (BenchDaemon daemon = BenchDaemon.start(jar, folder.resolve("deliver" + channels), networks)) {
            for (int run = 0; run < RUNS; run++) {
                networks.forEach(SlowNetwork::forget);
                long started = System.nanoTime();
                daemon.post("d" + run + "n", 20, 4, false);
                for (SlowNetwork network : networks) {
                    network.await(20);
                }
                rate[run] = 20.0 * channels / ((System.nanoTime() - started) / 1e9);
            }
            ordered = daemon.inOrder(networks);
        } finally {
            networks.forEach(SlowNetwork::close);
        }
        row(
                "deliveries to " + channels + " channels at 200 ms",
                median(rate),
                "/s",
                String.format(
                        Locale.ROOT,
                        "goal 100; limit of strict order %d/s (ratio %.2f); order kept: %s",
                        channels * 5,
                        median(rate) / (channels * 5),
                        ordered));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void row(String what, double value, String unit, String beside) throws IOException {
        System.out.printf(Locale.ROOT, "%-45s %10.1f %-4s (%s)%n", what, value, unit, beside);
    }
}
