package org.tocsin.mention.hearing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.Wakeup;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.HearingRig;
import org.tocsin.mention.Recheck;
import org.tocsin.mention.Source;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.TestClock;

/** Servers are asked side by side, each one thing at a time, and none sooner than it wants to be. */
class RechecksTest {
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

    private final TestClock clock = new TestClock(START);
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final CyclicBarrier both = new CyclicBarrier(2);
    private HearingRig rig;

    @BeforeEach
    void open(@TempDir Path folder) {
        rig = new HearingRig(folder, clock);
        for (String id : List.of("a", "b")) {
            Source source = HeardSamples.feed(id, id, "https://ex.fr/" + id, START);
            rig.write(tx -> {
                rig.sources.insert(tx, source);
                rig.mentions.add(tx, source, List.of(HeardSamples.post("1", "un")), clock.instant(), false);
                return true;
            });
        }
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Says whether another was asked at the same time, and answers. */
    private final class Asking implements Recheck {
        private final @Nullable String host;
        private final Checked answer;
        private final long patience;

        private Asking(@Nullable String host, Checked answer, long patience) {
            this.host = host;
            this.answer = answer;
            this.patience = patience;
        }

        @Override
        public String type() {
            return "feed";
        }

        @Override
        public Form form() {
            return new Form(true, false, false, false);
        }

        @Override
        public int batch() {
            return 10;
        }

        @Override
        public @Nullable String host(@Nullable Channel channel) {
            return host;
        }

        @Override
        public Checked check(Source source, @Nullable Channel channel, List<String> nativeIds) {
            String together = "alone";
            try {
                both.await(patience, TimeUnit.MILLISECONDS);
                together = "together";
            } catch (TimeoutException | BrokenBarrierException e) {
                both.reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            asked.add(source.id() + " " + together);
            return answer;
        }
    }

    private Rechecks rechecks(Recheck type) {
        return new Rechecks(rig.store, rig.sources, rig.channels, rig.mentions, List.of(type), clock, new Wakeup());
    }

    @Test
    void a_slow_server_holds_back_no_other() {
        rechecks(new Asking(null, new Recheck.Gone(List.of()), 10_000)).check();
        assertThat(asked).containsExactlyInAnyOrder("a together", "b together");
    }

    @Test
    void one_server_is_asked_one_thing_at_a_time() {
        rechecks(new Asking("ex.fr", new Recheck.Gone(List.of()), 300)).check();
        assertThat(asked).containsExactlyInAnyOrder("a alone", "b alone");
    }

    @Test
    void a_server_is_asked_no_sooner_than_it_wants_to_be() {
        Recheck.Checked later = new Recheck.NotChecked(new PublishResult.Throttled(
                START.plus(Duration.ofHours(2)), PublishResult.Scope.CHANNEL, Reason.of("network.throttled")));
        Rechecks rechecks = rechecks(new Asking("ex.fr", later, 1));
        rechecks.check();
        assertThat(asked)
                .as("the second of the same server is not asked either")
                .hasSize(1);
        clock.move(Duration.ofHours(1));
        rechecks.check();
        assertThat(asked).hasSize(1);
        clock.move(Duration.ofHours(1));
        rechecks.check();
        assertThat(asked).as("its time has come; what it named then is over").hasSize(3);
    }
}
