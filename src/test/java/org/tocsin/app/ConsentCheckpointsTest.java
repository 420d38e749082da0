package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.tocsin.sql.SqlConsents;
import org.tocsin.sql.SqlSignUp;
import org.tocsin.sql.SqlStore;
import org.tocsin.subscriber.Consent;
import org.tocsin.subscriber.ConsentProof;
import org.tocsin.subscriber.ConsentRegister;
import org.tocsin.subscriber.ConsentRegister.Fault;
import org.tocsin.subscriber.ConsentRegister.Verified;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.Subscriber.Reach;

/** Whoever makes the register of consent anew is found out. */
class ConsentCheckpointsTest {
    private static final BranchId MAIN = BranchId.MAIN;

    private final TestClock clock = new TestClock(Instant.parse("2026-12-01T10:00:00Z"));
    private final SqlSignUp house = new SqlSignUp(Opened.BOX);
    private final ConsentRegister register = new ConsentRegister(new SqlConsents(Opened.BOX), clock);

    @TempDir
    private Path folder;

    private SqlStore store;
    private DataFolder data;
    private Path file;
    private ConsentCheckpoints checkpoints;
    private ConsentProof proof;

    @BeforeEach
    void open() throws IOException {
        store = Opened.at(folder);
        data = DataFolder.open(folder.resolve("data"));
        file = folder.resolve("audit.checkpoints");
        checkpoints = new ConsentCheckpoints(store, register, house, file, new EvidenceKey(data), clock);
        proof = new ConsentProof(store, register, house, checkpoints);
        store.write(
                Urgency.REQUEST,
                tx -> house.save(tx, MAIN, new SignUpSettings("Les Amis", "c@a.example", "", "n", "n", null, "", 0)));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        data.close();
    }

    private void rows(String... subscribers) {
        for (String one : subscribers) {
            store.write(Urgency.REQUEST, tx -> {
                register.add(
                        tx,
                        MAIN,
                        one,
                        null,
                        new Consent(
                                Consent.Kind.CONFIRMED,
                                "n",
                                "fr",
                                null,
                                Reach.MAIL,
                                one + "@example.org",
                                List.of(),
                                null,
                                Consent.Door.LETTER,
                                ""));
                return true;
            });
        }
    }

    private void behind(String... statements) {
        store.write(Urgency.REQUEST, tx -> {
            for (String statement : statements) {
                Opened.execute(tx, statement);
            }
            return true;
        });
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isEmpty()).toList();
    }

    @Test
    void its_head_is_signed_once_a_day_beside_that_of_the_audit_trail() throws IOException {
        checkpoints.mark(proof);
        assertThat(file).as("there is nothing to sign").doesNotExist();
        rows("ana", "bob");
        checkpoints.mark(proof);
        rows("cleo");
        checkpoints.mark(proof);
        clock.move(Duration.ofDays(1));
        checkpoints.mark(proof);

        assertThat(lines()).hasSize(2);
        assertThat(lines().getFirst()).startsWith("consent main 2026-12-01 2 ");
        assertThat(lines().getLast()).startsWith("consent main 2026-12-02 3 ");
        store.write(Urgency.REQUEST, tx -> {
            register.forget(tx, "ana");
            new SqlAudit(clock).add(tx, Actor.daemon(MAIN), "post.submit", "p", "d");
            return true;
        });
        assertThat(proof.verify(MAIN)).as("an erasure breaks nothing").isEqualTo(new Verified(3, 1, 0, null));
        AuditCheckpoints audit = new AuditCheckpoints(store, new SqlAudit(clock), file, new EvidenceKey(data), clock);
        audit.mark();
        assertThat(audit.verify())
                .returns(0L, AuditProof.Verified::firstBroken)
                .returns(1, AuditProof.Verified::checkpoints);
    }

    @Test
    void rows_that_were_taken_off_the_end_or_made_anew_are_missed() {
        rows("ana", "bob", "cleo");
        checkpoints.mark(proof);
        behind("drop trigger consent_event_kept", "delete from consent_event");
        rows("ana", "bob");
        assertThat(proof.verify(MAIN)).isEqualTo(new Verified(2, 0, 3, Fault.CHECKPOINT));
        rows("cleo", "dan");
        assertThat(proof.verify(MAIN)).isEqualTo(new Verified(4, 0, 3, Fault.CHECKPOINT));
    }

    @Test
    void a_register_that_is_broken_is_not_signed_and_a_checkpoint_of_another_key_is_told() throws IOException {
        rows("ana", "bob");
        checkpoints.mark(proof);
        String line = lines().getFirst();
        Files.writeString(file, line.replace(" 2 ", " 1 ") + "\n");
        assertThat(proof.verify(MAIN).fault()).isEqualTo(Fault.SIGNATURE);

        Files.writeString(file, "");
        behind("drop trigger consent_event_unchanged", "update consent_event set at = at + 1 where seq = 2");
        checkpoints.mark(proof);
        assertThat(lines()).isEmpty();
        assertThat(proof.verify(MAIN).fault()).isEqualTo(Fault.CHAIN);
    }
}
