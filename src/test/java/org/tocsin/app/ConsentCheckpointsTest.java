package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditProof;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlConsents;
import org.tocsin.sql.SqlNotices;
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

    private final SqlNotices notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);
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
        checkpoints = new ConsentCheckpoints(store, register, house, file, new EvidenceKey(data), notices, clock);
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

    private List<String> told() {
        return store.read(tx -> notices.open(tx, MAIN, Notices.Kind.REGISTER, 9));
    }

    @Test
    void who_answers_for_the_data_is_told_once_that_it_is_broken_until_it_is_whole_again() {
        rows("ana", "bob");
        checkpoints.mark(proof);
        assertThat(told()).isEmpty();
        clock.move(Duration.ofDays(1));
        behind("drop trigger consent_event_unchanged", "update consent_event set at = at + 1 where seq = 2");
        checkpoints.mark(proof);
        checkpoints.mark(proof);
        assertThat(told()).containsExactly("main");
        store.write(Urgency.REQUEST, tx -> {
            notices.close(tx, MAIN, Set.of(Notices.Kind.REGISTER), "main");
            return true;
        });
        checkpoints.mark(proof);
        assertThat(told()).as("put away").isEmpty();
        behind("update consent_event set at = at + 2 where seq = 1");
        checkpoints.mark(proof);
        assertThat(told()).as("another fault").containsExactly("main");
        behind(
                "update consent_event set at = at - 2 where seq = 1",
                "update consent_event set at = at - 1 where seq = 2");
        checkpoints.mark(proof);
        assertThat(told()).isEmpty();
    }

    @Test
    void a_row_that_the_key_does_not_open_is_a_fault_and_ends_nothing() {
        rows("ana", "bob", "cleo");
        behind(
                "drop trigger consent_event_emptied",
                "update consent_event set who_key = null",
                "update consent_event set sealed = (select sealed from consent_event where seq = 1) where seq = 2");
        register.fill(store);
        assertThat(store.<String>read(
                        tx -> Opened.text(tx, "select count(*) from consent_event where who_key is null")))
                .isEqualTo("1");
        assertThat(proof.verify(MAIN)).isEqualTo(new Verified(2, 0, 2, Fault.WORDS));
        rows("dan");
        assertThat(store.<Integer>read(tx -> register.page(tx, MAIN, 0, 9).size()))
                .isEqualTo(4);
        behind("update consent_event set sealed = '' where seq = 2");
        assertThat(proof.verify(MAIN))
                .as("emptied behind the daemon's back")
                .isEqualTo(new Verified(2, 0, 2, Fault.WORDS));
    }
}
