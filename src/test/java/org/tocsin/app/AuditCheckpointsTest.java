package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditProof;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlStore;

/** Whoever changes the audit trail is found out, even if he makes its chain anew. */
class AuditCheckpointsTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-12-01T10:00:00Z"));

    @TempDir
    private Path folder;

    private SqlStore store;
    private SqlAudit audit;
    private DataFolder data;
    private AuditCheckpoints checkpoints;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        store = Opened.at(folder);
        audit = new SqlAudit(clock);
        data = DataFolder.open(folder.resolve("data"));
        file = folder.resolve("audit.checkpoints");
        checkpoints = new AuditCheckpoints(store, audit, file, new EvidenceKey(data), clock);
        rows(3);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        data.close();
    }

    private void rows(int count) {
        for (int i = 0; i < count; i++) {
            store.write(Urgency.REQUEST, tx -> {
                audit.add(tx, Actor.daemon(BranchId.MAIN), "post.submit", "p", "d");
                return true;
            });
        }
    }

    private void changed(String... statements) {
        store.write(Urgency.REQUEST, tx -> {
            for (String statement : statements) {
                Opened.execute(tx, statement);
            }
            return true;
        });
    }

    @Test
    void it_is_signed_once_a_day_into_a_file_of_its_owner() throws IOException {
        assertThat(checkpoints.verify()).returns(0, AuditProof.Verified::checkpoints);
        checkpoints.mark();
        rows(2);
        checkpoints.mark();
        clock.move(Duration.ofDays(1));
        checkpoints.mark();
        List<String> lines = Files.readAllLines(file).stream()
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("2026-12-01 3 ");
        assertThat(lines.getLast()).startsWith("2026-12-02 5 ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        AuditProof.Verified verified = checkpoints.verify();
        assertThat(verified.firstBroken()).isZero();
        assertThat(verified.rows()).isEqualTo(5);
        assertThat(verified.checkpoints()).isEqualTo(2);
    }

    @Test
    void a_changed_row_is_named_and_a_broken_trail_is_not_signed() {
        changed("update audit set detail = 'other' where number = 2");
        checkpoints.mark();
        assertThat(file).doesNotExist();
        AuditProof.Verified verified = checkpoints.verify();
        assertThat(verified.firstBroken()).isEqualTo(2);
        assertThat(verified.why().code()).isEqualTo("app.audit.broken.row");
    }

    @Test
    void a_trail_that_was_made_anew_differs_from_what_was_signed() {
        checkpoints.mark();
        changed("delete from audit");
        clock.move(Duration.ofSeconds(1));
        rows(4);
        assertThat(store.<Long>read(audit::firstBroken))
                .as("its chain is whole")
                .isZero();
        assertThat(checkpoints.verify().firstBroken()).isEqualTo(3);
        assertThat(checkpoints.verify().why().code()).isEqualTo("app.audit.broken.checkpoint");
    }

    @Test
    void rows_that_were_taken_off_the_end_are_missed() {
        checkpoints.mark();
        changed("delete from audit where number = 3");
        assertThat(store.<Long>read(audit::firstBroken)).isZero();
        assertThat(checkpoints.verify().firstBroken()).isEqualTo(3);
    }

    @Test
    void a_checkpoint_of_another_key_is_told_and_one_that_was_cut_off_is_none() throws Exception {
        checkpoints.mark();
        String line = Files.readString(file).strip();
        Files.writeString(file, line.substring(0, 60), StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(checkpoints.verify()).returns(0, AuditProof.Verified::checkpoints);
        checkpoints.mark();
        assertThat(checkpoints.verify()).returns(1, AuditProof.Verified::checkpoints);
        Files.writeString(file, line.replace("2026-12-01 3", "2026-11-30 3"), StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(checkpoints.verify().why().code()).isEqualTo("app.audit.broken.signature");
    }
}
