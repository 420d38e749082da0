package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlMeta;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlSuppressions;
import org.tocsin.subscriber.LeaveLog;
import org.tocsin.subscriber.Suppressions.Reason;

/** Nobody is written to because the list of those who left was lost. */
class LeaveCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private final TestClock clock = new TestClock(NOW);
    private final SqlSuppressions suppressions = new SqlSuppressions(Opened.BOX);
    private final SqlNotices notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);
    private final List<String> held = new ArrayList<>();

    @TempDir
    private Path folder;

    private SqlStore store;
    private Path path;
    private LeaveFile file;

    @BeforeEach
    void open() {
        store = Opened.at(folder);
        path = folder.resolve("left.log");
        file = new LeaveFile(path);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private LeaveCheck check() {
        return new LeaveCheck(store, new SqlMeta(), file, suppressions, notices);
    }

    private boolean start() {
        return check().start(tx -> held.add("held"));
    }

    private void leaves(String address, Reason reason) {
        file.add(
                new LeaveLog.Line(LeaveLog.What.valueOf(reason.name()), BranchId.MAIN, suppressions.key(address), NOW));
        store.write(Urgency.BULK, tx -> {
            suppressions.add(tx, BranchId.MAIN, address, reason, NOW);
            return true;
        });
    }

    private List<Notice> told() {
        return store.read(tx -> notices.page(tx, BranchId.MAIN, true, "", 10));
    }

    @Test
    void a_new_house_and_a_list_that_grows_are_well() {
        assertThat(start()).isFalse();
        leaves("ana@exemple.fr", Reason.LEFT);
        check().mark();
        leaves("bob@exemple.fr", Reason.ERASED);
        assertThat(start()).isFalse();
        assertThat(held).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void one_that_is_gone_holds_everything_tells_people_and_is_written_anew() throws IOException {
        leaves("ana@exemple.fr", Reason.LEFT);
        leaves("bob@exemple.fr", Reason.ERASED);
        start();
        List<LeaveLog.Line> before = file.lines();
        Files.delete(path);
        assertThat(start()).isTrue();
        assertThat(held).hasSize(1);
        assertThat(told()).singleElement().satisfies(notice -> {
            assertThat(notice.kind()).isEqualTo(Notices.Kind.LEFT_LOST);
            assertThat(notice.place()).isEqualTo("/desk/subscribers");
        });
        assertThat(file.lines()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(start()).as("told once").isFalse();
    }

    @Test
    void one_that_was_cut_is_not_taken_for_whole() throws IOException {
        leaves("ana@exemple.fr", Reason.LEFT);
        leaves("bob@exemple.fr", Reason.BOUNCED);
        check().mark();
        Files.writeString(path, Files.readAllLines(path).getFirst() + "\n");
        assertThat(start()).isTrue();
        assertThat(file.lines())
                .extracting(LeaveLog.Line::what)
                .containsExactly(LeaveLog.What.LEFT, LeaveLog.What.BOUNCED);
    }
}
