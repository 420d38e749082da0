package org.tocsin.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.crash.LetterCrashRun.Outcome;

/** The promise of newsletters: each gets one letter, whenever the process that sends is killed; where that cannot be known, it is said. */
class LetterCrashTest {
    @TempDir
    private Path folder;

    private static int people() {
        return Integer.getInteger("letters.people", 300);
    }

    private static int kills() {
        return Integer.getInteger("letters.kills", 7);
    }

    private static Duration life() {
        return Duration.ofMillis(Long.getLong("letters.life", 700));
    }

    private static long seed() {
        return Long.getLong("crash.seed", 20261127L);
    }

    @Test
    void each_gets_one_letter_however_the_sender_is_killed() throws Exception {
        Outcome outcome = new LetterCrashRun(folder, seed(), people(), kills(), life(), "").run();
        System.out.println("OUT letters crash run, seed " + seed() + ": " + outcome);

        assertThat(outcome.killed()).isGreaterThanOrEqualTo(3);
        assertThat(outcome.missing()).isEmpty();
        assertThat(outcome.twice()).isEmpty();
        assertThat(outcome.unknown()).isLessThanOrEqualTo(LetterCrashRun.CONNECTIONS * outcome.killed());
    }

    @Test
    void a_sender_that_moves_its_place_when_a_batch_is_fetched_is_found_out() throws Exception {
        Outcome outcome = new LetterCrashRun(folder, seed(), 120, 4, life(), "checkpoint-when-fetched").run();
        System.out.println("OUT wrong variant: " + outcome);

        assertThat(outcome.missing()).isNotEmpty();
    }

    @Test
    void a_sender_that_forgets_what_it_began_is_found_out() throws Exception {
        Outcome outcome = new LetterCrashRun(folder, seed(), 120, 4, life(), "intent-forgotten").run();
        System.out.println("OUT wrong variant: " + outcome);

        assertThat(outcome.twice()).isNotEmpty();
    }
}
