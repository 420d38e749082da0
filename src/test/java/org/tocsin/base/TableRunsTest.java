package org.tocsin.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.base.TableRuns.Owner;

class TableRunsTest {
    private static final Owner ZOE = new Owner(BranchId.MAIN, "zoe");
    private static final Owner LEO = new Owner(BranchId.MAIN, "leo");
    private static final Message BUSY = Message.of("publishing.table.busy");

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2031-06-12T10:00:00Z"), ZoneOffset.UTC);

    private final LongWork work = new LongWork(new Ids(CLOCK), CLOCK);
    private final List<Runnable> begun = new ArrayList<>();
    private final TableRuns<String, String> runs = new TableRuns<>(work, LongWork.Kind.POSTS, begun::add);

    private String begin(Owner owner, boolean dry, TableRuns.Job<String> job) {
        return runs.begin(owner, owner.who(), "the table", "", dry, 40, job, BUSY)
                .id();
    }

    @Test
    void each_has_one_at_a_time_and_its_report_stays() {
        String id = begin(ZOE, false, progress -> "report " + progress.goOn(20, 40));
        assertThatThrownBy(() -> begin(ZOE, false, progress -> "")).hasMessageContaining("publishing.table.busy");
        begin(LEO, false, progress -> "of Leo");
        assertThat(runs.last(ZOE).orElseThrow().running()).isTrue();
        begun.forEach(Runnable::run);
        assertThat(runs.find(ZOE, id).orElseThrow().report()).isEqualTo("report true");
        assertThat(runs.find(LEO, id)).isEmpty();
        assertThat(runs.last(LEO).orElseThrow().report()).isEqualTo("of Leo");
        assertThat(work.all(BranchId.MAIN)).isEmpty();
        begin(ZOE, false, progress -> "next");
        assertThat(runs.find(ZOE, id)).isEmpty();
    }

    @Test
    void a_table_is_kept_as_long_as_it_is_only_looked_at() {
        begin(ZOE, true, progress -> "looked");
        begun.removeFirst().run();
        assertThat(runs.last(ZOE).orElseThrow().wanted()).isEqualTo("the table");
        begin(ZOE, false, progress -> "brought in");
        begun.removeFirst().run();
        assertThat(runs.last(ZOE).orElseThrow().wanted()).isEmpty();
    }

    @Test
    void it_is_stopped_and_a_failure_is_told() {
        String id = begin(ZOE, false, progress -> {
            progress.goOn(20, 40);
            throw new IllegalStateException("the disk");
        });
        begin(LEO, false, progress -> progress.goOn(20, 40) ? "goes on" : "is stopped");
        runs.stop(LEO, runs.last(LEO).orElseThrow().id());
        begun.forEach(Runnable::run);
        assertThat(runs.find(ZOE, id).orElseThrow()).satisfies(seen -> {
            assertThat(seen.failed()).isTrue();
            assertThat(seen.running()).isFalse();
            assertThat(seen.done()).isEqualTo(20);
        });
        assertThat(runs.last(LEO).orElseThrow().report()).isEqualTo("is stopped");
    }

    @Test
    void the_reports_of_a_few_are_kept() {
        for (int i = 0; i < 12; i++) {
            begin(new Owner(BranchId.MAIN, "p" + i), false, progress -> "report");
            begun.removeFirst().run();
        }
        assertThat(runs.last(new Owner(BranchId.MAIN, "p0"))).isEmpty();
        assertThat(runs.last(new Owner(BranchId.MAIN, "p11"))).isPresent();
    }
}
