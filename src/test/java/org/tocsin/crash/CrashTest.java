package org.tocsin.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.crash.CrashRun.Counts;

/** The promise: nothing lost, nothing doubled, whenever the daemon dies. And the proof that this test would see it. */
class CrashTest {
    /** Longer than the networks' read lag. */
    private static final Map<String, String> RIGHT = Map.of("TOCSIN_DELIVERY_QUIET", "700ms");

    private static final List<String> IN_SENDING = List.of(
            "daemon:intent.after-commit",
            "network:create.arrived",
            "network:create.committed",
            "daemon:answer.before-record");

    @TempDir
    private Path folder;

    private static int kills() {
        return Integer.getInteger("crash.kills", 112);
    }

    private static long seed() {
        return Long.getLong("crash.seed", 20261123L);
    }

    @Test
    void nothing_is_lost_or_doubled_however_the_daemon_is_killed() throws Exception {
        Counts counts = new CrashRun(folder, seed(), kills(), CrashRun.PLACES, RIGHT, "", false).run();
        System.out.println("crash run, seed " + seed() + ": " + counts);

        assertThat(counts.findings()).isEmpty();
        assertThat(counts.lost()).isZero();
        assertThat(counts.falseSent()).isZero();
        assertThat(counts.duplicates()).isZero();
        assertThat(counts.ghosts()).isZero();
        assertThat(counts.unknown().keySet()).isSubsetOf("none");
        assertThat(counts.unknown().getOrDefault("none", 0)).isLessThanOrEqualTo(kills());
        assertThat(counts.balanced()).isTrue();
        assertThat(counts.killsInSending()).isGreaterThanOrEqualTo(kills() * 50 / 112);
    }

    @ParameterizedTest
    @CsvSource({
        "record-after-sending, 700ms, false, 4",
        "fresh-key,            700ms, false, 4",
        "quiet-zero,           0ms,   true,  1",
        "repeating-client,     700ms, true,  1"
    })
    void a_daemon_that_is_wrong_is_found_out(String wrong, String quiet, boolean breaking, int kills) throws Exception {
        Counts counts = new CrashRun(
                        folder,
                        seed(),
                        kills,
                        List.of(IN_SENDING.get(2)),
                        Map.of("TOCSIN_DELIVERY_QUIET", quiet),
                        wrong,
                        breaking)
                .run();
        System.out.println("wrong variant " + wrong + ": " + counts);

        assertThat(counts.duplicates()).isPositive();
    }
}
