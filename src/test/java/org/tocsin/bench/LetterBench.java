package org.tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.tocsin.mail.ScriptedSmtp;
import org.tocsin.mail.SmtpLetters;
import org.tocsin.mail.SmtpSettings;
import org.tocsin.newsletter.FakePeople;
import org.tocsin.newsletter.LetterRig;
import org.tocsin.newsletter.LetterRun;
import org.tocsin.newsletter.Newsletter;
import org.tocsin.subscriber.Segment;

/** How many recipients a second a newsletter reaches, with a mail server on the same machine that takes everything at once. */
public final class LetterBench {
    private static final int PEOPLE = 10_000;

    private LetterBench() {}

    public static void main(String[] args) throws Exception {
        for (int connections : new int[] {1, 2, 8}) {
            Path folder = Files.createTempDirectory(Path.of("target"), "letters");
            try {
                run(folder, connections);
            } finally {
                delete(folder);
            }
        }
    }

    private static void run(Path folder, int connections) throws IOException {
        Clock clock = Clock.systemUTC();
        try (ScriptedSmtp server = new ScriptedSmtp(null, null).counting();
                LetterRig rig = new LetterRig(
                        folder,
                        LetterRig.Parts.of(
                                        clock,
                                        FakePeople.byMail(PEOPLE),
                                        new SmtpLetters(
                                                new SmtpSettings(
                                                        "127.0.0.1",
                                                        server.port(),
                                                        SmtpSettings.Encryption.NONE,
                                                        null,
                                                        null,
                                                        "lettre@example.org"),
                                                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                                                "",
                                                clock))
                                .connections(connections))) {
            String id = rig.send(Segment.ALL);
            long begun = System.nanoTime();
            while (!rig.newsletters().find(LetterRig.BOSS, id).newsletter().prepared()) {
                rig.prepare();
            }
            double rows = (System.nanoTime() - begun) / 1e9;
            begun = System.nanoTime();
            send(rig, id);
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%d connections: %d recipients, rows in %.1f s, letters in %.1f s, %.0f a second, %d taken%n",
                    connections, PEOPLE, rows, seconds, PEOPLE / seconds, server.accepted());
        }
    }

    private static void send(LetterRig rig, String id) {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            while (rig.newsletters().find(LetterRig.BOSS, id).newsletter().state() != Newsletter.State.SENT) {
                List<LetterRun> runs = rig.sending().claim(10);
                for (LetterRun run : runs) {
                    var _ = workers.submit(() -> {
                        try {
                            rig.sending().run(run);
                        } finally {
                            rig.sending().release(run);
                        }
                        return null;
                    });
                }
                if (runs.isEmpty()) {
                    rig.prepare();
                    LockSupport.parkNanos(2_000_000);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.forEach(all::addFirst);
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
