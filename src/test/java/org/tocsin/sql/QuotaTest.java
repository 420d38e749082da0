package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork.Urgency;

/**
 * A store whose process may take no more room. The limit on the size of files stands for a quota: the system refuses growth with an error
 * other than ENOSPC, and SQLite says SQLITE_IOERR_WRITE to both.
 */
class QuotaTest {
    private static final String LIMIT = "262144";

    @TempDir
    Path folder;

    private static boolean prlimit(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "prlimit";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    @Timeout(60)
    void a_quota_holds_the_store_up_and_does_not_end_it() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "there is no prlimit here");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        Child.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(next(said)).isEqualTo("open");
            assertThat(prlimit("--pid", String.valueOf(child.pid()), "--fsize=" + LIMIT + ":unlimited"))
                    .isTrue();
            go(child);
            assertThat(next(said)).isEqualTo("sql.disk.quota full=1 broken=0");
            assertThat(prlimit("--pid", String.valueOf(child.pid()), "--fsize=unlimited:unlimited"))
                    .isTrue();
            go(child);
            assertThat(next(said))
                    .as("the same process goes on, and what it acknowledged is there")
                    .isEqualTo("whole");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static void go(Process child) throws IOException {
        child.getOutputStream().write('\n');
        child.getOutputStream().flush();
    }

    /** What the child says among the lines of its log. */
    private static String next(BufferedReader said) throws IOException {
        StringBuilder heard = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("> ")) {
                return line.substring(2);
            }
            heard.append(line).append('\n');
        }
        throw new IOException("the child has ended: " + heard);
    }

    /** Writes until it is refused, and again when it is told to. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            AtomicInteger full = new AtomicInteger();
            AtomicInteger broken = new AtomicInteger();
            StoreAlarm alarm = new StoreAlarm() {
                @Override
                public void full() {
                    full.incrementAndGet();
                }

                @Override
                public void broken(Throwable cause) {
                    broken.incrementAndGet();
                }
            };
            Path file = Path.of(arguments[0]).resolve("tocsin.db");
            try (SqlStore store = SqlStore.open(file, false, alarm)) {
                say("open");
                in.readLine();
                int kept = 0;
                String refusal = "";
                while (refusal.isEmpty() && kept < 10_000) {
                    try {
                        kept += row(store, "before-" + kept);
                    } catch (FaultException e) {
                        refusal = e.faults().getFirst().message().code();
                    }
                }
                say(refusal + " full=" + full + " broken=" + broken);
                in.readLine();
                kept += row(store, "after");
                int rows = store.read(tx -> Integer.parseInt(Opened.text(tx, "select count(*) from note")));
                say(rows == kept ? "whole" : rows + " of " + kept);
            }
        }

        private static int row(SqlStore store, String id) {
            return store.write(Urgency.DELIVERY, tx -> {
                Opened.execute(tx, "create table if not exists note (id text, text text)");
                return Opened.execute(tx, "insert into note values ('" + id + "', '" + "x".repeat(2000) + "')");
            });
        }

        private static void say(String words) {
            System.out.println("> " + words);
        }
    }
}
