package org.tocsin.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.crash.ListenRun.Outcome;

/** The promise of listening: each item once, each alert once, and the search finds what stands in the log, whenever the daemon dies. */
class ListenCrashTest {
    @TempDir
    private Path folder;

    private static int kills() {
        return Integer.getInteger("listen.kills", 13);
    }

    private static long seed() {
        return Long.getLong("crash.seed", 20261126L);
    }

    @Test
    void what_was_heard_is_there_once_and_rings_once_however_the_daemon_is_killed() throws Exception {
        Outcome outcome = new ListenRun(folder, seed(), kills(), "", ListenRun.PLACES, ListenRun.AGAIN).run();
        System.out.println("listening crash run, seed " + seed() + ": " + outcome);

        assertThat(outcome.findings()).isEmpty();
        assertThat(outcome.died()).isGreaterThanOrEqualTo(kills() / 2);
    }

    /**
     * Each forgets at its start what its transaction should have held together. Ringing again for what was read is not among them: a
     * hit that is known is not told again, so that the place of the reader alone could not do harm.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "read-before-ringing",
                "alert-before-notice",
                "answer-before-items",
                "confirmed-before-items",
                "intent-after-sending"
            })
    void a_daemon_that_is_wrong_is_found_out(String wrong) throws Exception {
        boolean sender = wrong.equals("intent-after-sending");
        List<String> places = sender ? ListenRun.OF_SENDER : ListenRun.PLACES;
        // Of two ways one knows a repeat: which of them is met is chance.
        Outcome outcome = new ListenRun(folder, seed(), sender ? 10 : 4, wrong, places, Duration.ofSeconds(5)).run();
        System.out.println("wrong variant " + wrong + ": " + outcome);

        assertThat(outcome.findings()).isNotEmpty();
    }
}
