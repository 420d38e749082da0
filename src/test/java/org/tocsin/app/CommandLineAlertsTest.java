package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.cli.CommandLineStreams;
import org.tocsin.cli.TocsinCommand;

/** Watches, recipients and alerts at the terminal. */
class CommandLineAlertsTest {
    private static RunningDaemon daemon;
    private static HookSite hook;
    private static Path data;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        data = folder;
        hook = new HookSite();
        daemon = new RunningDaemon(folder, "TOCSIN_HTTP_ALLOW", hook.peer());
    }

    @AfterAll
    static void stop() {
        daemon.close();
        hook.close();
    }

    /** What a command ended with, and what it said. */
    private record Said(int code, String out, String err) {
        String id() {
            return out.split(" ", 2)[0];
        }
    }

    private static Said typing(String typed, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = TocsinCommand.run(
                args,
                new CommandLineStreams(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new BufferedReader(new StringReader(typed)),
                        null,
                        Locale.ENGLISH),
                Map.of("TOCSIN_DATA", data.toString(), "TOCSIN_HTTP_PORT", String.valueOf(daemon.port())),
                () -> 0);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Said tocsin(String... args) {
        Said said = typing("", args);
        assertThat(said.code()).as(said.err()).isZero();
        return said;
    }

    @Test
    void somebody_is_added_reached_and_named_by_a_watch() {
        assertThat(tocsin("recipients").out()).contains("Nobody is told yet");
        String ada = tocsin("recipients", "add", "Ada", "--quiet", "22:00-07:00", "--notices", "LATE,HELD")
                .id();
        assertThat(tocsin("recipients", "change", ada, "--budget", "5").out()).contains("22:00-07:00");
        Said way = typing("a secret of some length\n", "recipients", "way", ada, "webhook", "--url", hook.url("/ada"));
        assertThat(way.code()).as(way.err()).isZero();
        assertThat(tocsin("recipients", "list").out())
                .contains("webhook", hook.url("/ada"))
                .doesNotContain("a secret of some length");
        String wayId = way.out().replaceAll("(?s).*\\(([0-9a-f-]{36})\\).*", "$1");
        assertThat(tocsin("recipients", "test", ada, wayId).out()).contains("The test was taken");
        assertThat(hook.got()).hasSize(1);
        hook.next(403);
        Said refused = typing("", "recipients", "test", ada, wayId);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("403");

        String watch = tocsin(
                        "watches",
                        "add",
                        "piscine",
                        "--name",
                        "Piscine",
                        "--recipient",
                        ada,
                        "--urgent",
                        "true",
                        "--escalate",
                        "10")
                .id();
        assertThat(tocsin("watches", "show", watch).out()).contains("Piscine", "urgent", "at once");
        assertThat(tocsin("watches", "change", watch, "--mode", "AT_N", "--count", "5")
                        .out())
                .contains("after 5 alerts")
                .doesNotContain("AT_N");
        assertThat(typing("", "watches", "change", watch, "--escalate", "9000").err())
                .contains("--escalate");
        assertThat(tocsin("watches", "test", "piscine").out()).contains("0 of 0");
        assertThat(tocsin("watches", "snooze", watch).out()).doesNotContain("silent");
        assertThat(tocsin("watches").out()).contains("Piscine");
        assertThat(tocsin("voice", "--from", "2026-11-01", "--to", "2026-11-26").out())
                .contains("1 November 2026 to 26 November 2026");
        daemon.post("/api/v1/rights/erasures", "{\"author\":\"@ada@ex.fr\"}");
        assertThat(tocsin("rights").out())
                .contains("messages erased: 0")
                .doesNotContainPattern("erasing|cleaning  |done  ");
        assertThat(tocsin("alerts").out()).contains("No alert is open");
        assertThat(typing("", "alerts", "ack", "nothing").code()).isEqualTo(1);
        assertThat(tocsin("watches", "remove", watch).out()).contains("its alerts stay");
        assertThat(tocsin("recipients", "remove", ada).out()).contains("removed");
    }
}
