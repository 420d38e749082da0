package org.tocsin.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.tocsin.mail.ScriptedSmtp;
import org.tocsin.newsletter.FakePeople;

/** A newsletter that is sent by a process which is killed again and again; then, who got how many letters. */
final class LetterCrashRun {
    /** As the process has them. */
    static final int CONNECTIONS = 2;
    /** In milliseconds, for a letter to come. */
    private static final long PATIENCE = 20_000;

    private final Path folder;
    private final int people;
    private final int kills;
    private final Duration life;
    private final String wrong;
    private final Random random;

    /**
     * @param life  how long a process lives at most before it is killed
     * @param wrong a wrong variant, empty for none
     */
    LetterCrashRun(Path folder, long seed, int people, int kills, Duration life, String wrong) {
        this.folder = folder;
        this.people = people;
        this.kills = kills;
        this.life = life;
        this.wrong = wrong;
        this.random = new Random(seed);
    }

    /**
     * @param killed   how often, until all was sent
     * @param missing  who got none, and of whom it is not said that nobody knows
     * @param twice    who got more than one
     * @param unknown  of whom it is said that nobody knows
     */
    record Outcome(int people, int killed, List<String> missing, List<String> twice, int unknown, long seconds) {}

    Outcome run() throws Exception {
        long begun = System.nanoTime();
        int killed = 0;
        try (ScriptedSmtp server = new ScriptedSmtp(null, null).counting()) {
            List<String> said = List.of();
            while (said.isEmpty()) {
                boolean last = killed >= kills;
                said = once(server, killed, last);
                killed += said.isEmpty() ? 1 : 0;
            }
            Set<String> unknown = new HashSet<>(said.subList(1, said.size()));
            Map<String, Long> letters = server.taken().stream()
                    .collect(Collectors.groupingBy(ScriptedSmtp.Taken::to, Collectors.counting()));
            List<String> missing = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                if (!letters.containsKey(FakePeople.address(i)) && !unknown.contains(FakePeople.id(i))) {
                    missing.add(FakePeople.id(i));
                }
            }
            List<String> twice = letters.entrySet().stream()
                    .filter(entry -> entry.getValue() > 1)
                    .map(Map.Entry::getKey)
                    .toList();
            int unknowns = Integer.parseInt(said.getFirst().split(" ", -1)[2]);
            return new Outcome(
                    people,
                    killed,
                    missing,
                    twice,
                    unknowns,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
        }
    }

    /** @return what it said at its end; empty where it was killed */
    private List<String> once(ScriptedSmtp server, int killed, boolean last) throws IOException, InterruptedException {
        List<String> command = WarmStart.command();
        command.addAll(List.of(
                LetterDaemon.class.getName(),
                folder.toString(),
                String.valueOf(server.port()),
                String.valueOf(people),
                wrong));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("letters.err").toFile())
                .start();
        CountDownLatch dot = new CountDownLatch(1);
        // Where it hurts most, or anywhere.
        boolean atDot = killed % 2 == 1;
        AtomicInteger left = new AtomicInteger(1 + random.nextInt(10));
        server.afterTaking(() -> {
            if (!last && atDot && left.decrementAndGet() == 0) {
                // Between the server's taking a letter and its saying so.
                process.destroyForcibly();
                dot.countDown();
            }
        });
        List<String> said = new ArrayList<>();
        CountDownLatch ready = new CountDownLatch(1);
        Thread reader = Thread.ofVirtual().start(() -> read(process, said, ready));
        ready.await();
        if (!last && !dot.await(atDot ? PATIENCE : random.nextLong(life.toMillis()), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
        process.waitFor();
        reader.join();
        server.afterTaking(() -> {});
        return said.contains("END") ? said.subList(0, said.size() - 1) : List.of();
    }

    private static void read(Process process, List<String> said, CountDownLatch ready) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("READY")) {
                    ready.countDown();
                } else if (line.startsWith("DONE ") || !said.isEmpty()) {
                    said.add(line);
                }
            }
        } catch (IOException killed) {
            // It says no more.
        } finally {
            ready.countDown();
        }
    }
}
