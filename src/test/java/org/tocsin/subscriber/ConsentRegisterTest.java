package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.sql.Opened;

/** What people agreed to can be proven, and what was changed of it is found. */
class ConsentRegisterTest extends SignUpCase {
    private static final String ANA = "ana@example.org";

    @Test
    void a_row_of_the_register_that_was_changed_is_found() {
        rig.confirmed(ANA);
        rig.confirmed("bob@example.org");
        assertThat(rig.team.verify(TEAM).broken()).isZero();
        behind("drop trigger consent_event_unchanged");
        behind("update consent_event set at = at + 1 where branch = 'main' and seq = 2");
        assertThat(rig.team.verify(TEAM))
                .returns(2L, ConsentRegister.Verified::broken)
                .returns(ConsentRegister.Fault.CHAIN, ConsentRegister.Verified::fault);
    }

    @Test
    void a_text_of_consent_that_was_changed_is_found() {
        rig.confirmed(ANA);
        assertThat(rig.team.verify(TEAM).broken()).isZero();
        behind("drop trigger consent_text_unchanged");
        behind("update consent_text set text = text || ' et plus'");
        assertThat(rig.team.verify(TEAM))
                .returns(1L, ConsentRegister.Verified::broken)
                .returns(ConsentRegister.Fault.TEXT, ConsentRegister.Verified::fault);
    }

    private void behind(String statement) {
        store.write(Urgency.BULK, tx -> Opened.execute(tx, statement));
    }

    @Test
    void what_was_agreed_to_is_neither_changed_nor_taken_away_and_an_erasure_only_empties() {
        rig.confirmed(ANA);
        for (String statement : List.of(
                "update consent_text set text = 'x'",
                "delete from consent_text",
                "update consent_event set at = at + 1",
                "update consent_event set sealed = 'x'",
                "update consent_event set subscriber_id = 'x', sealed = ''",
                "delete from consent_event")) {
            assertThatThrownBy(() -> behind(statement)).as(statement).isInstanceOf(RuntimeException.class);
        }
        rig.leaving.erase(MAIN, rig.of(ANA).id(), Consent.Door.LETTER, "");
        assertThat(rig.team.verify(TEAM)).isEqualTo(new ConsentRegister.Verified(3, 3, 0, null));
    }

    @Test
    void a_page_reads_of_the_register_what_is_new_and_the_whole_is_read_each_day() {
        rig.confirmed(ANA);
        assertThat(rig.team.look(TEAM)).isEqualTo(new ConsentRegister.Verified(2, 0, 0, null));
        Subscriber bob = rig.confirmed("bob@example.org");
        assertThat(rig.team.look(TEAM)).isEqualTo(new ConsentRegister.Verified(4, 0, 0, null));
        rig.leaving.erase(MAIN, rig.of(ANA).id(), Consent.Door.LETTER, "");
        assertThat(rig.team.look(TEAM)).as("erased meanwhile").isEqualTo(new ConsentRegister.Verified(5, 3, 0, null));

        behind("drop trigger consent_event_unchanged");
        behind("update consent_event set at = at + 1 where branch = 'main' and seq = 3");
        assertThat(rig.team.look(TEAM).broken()).as("was found whole").isZero();
        assertThat(rig.team.verify(TEAM).broken()).isEqualTo(3);
        assertThat(rig.team.look(TEAM).broken())
                .as("since then everybody sees it")
                .isEqualTo(3);
        behind("update consent_event set at = at - 1 where branch = 'main' and seq = 3");
        assertThat(rig.team.look(TEAM).fault()).isNull();

        rig.leaving.leave(MAIN, bob.id(), Consent.Door.LETTER, "");
        behind("update consent_event set at = at + 1 where branch = 'main' and seq = 6");
        assertThat(rig.team.look(TEAM).broken()).as("what is new is read").isEqualTo(6);
    }

    @Test
    void a_register_that_was_made_anew_differs_from_what_was_signed() {
        rig.confirmed(ANA);
        String hash = store.read(tx -> rig.stores.register().last(tx, MAIN))
                .orElseThrow()
                .hash();
        rig.checkpoints.add(new ConsentProof.Checkpoint(LocalDate.of(2026, 11, 27), 2, hash, true));
        assertThat(rig.team.verify(TEAM).fault()).isNull();

        behind("drop trigger consent_event_kept");
        behind("delete from consent_event where seq = 2");
        assertThat(rig.team.verify(TEAM))
                .returns(2L, ConsentRegister.Verified::broken)
                .returns(ConsentRegister.Fault.CHECKPOINT, ConsentRegister.Verified::fault);
        rig.checkpoints.set(0, new ConsentProof.Checkpoint(LocalDate.of(2026, 11, 27), 2, hash, false));
        assertThat(rig.team.verify(TEAM).fault()).isEqualTo(ConsentRegister.Fault.SIGNATURE);
    }

    @Test
    void what_is_proven_is_the_text_that_was_shown() {
        rig.ask(ANA);
        rig.keeping.write(TEAM, "fr", "Un tout autre texte.");
        rig.signUps.confirm(rig.token());
        assertThat(rig.team.data(TEAM, rig.of(ANA).id()).history())
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.version()).isEqualTo(1));
    }

    @Test
    void a_text_of_consent_that_is_not_so_any_more_is_told_until_another_is_written() {
        assertThat(rig.keeping.outdated(TEAM)).isEmpty();
        SignUpSettings now = rig.keeping.settings(TEAM);
        rig.keeping.save(
                TEAM,
                new SignUpSettings(
                        now.controller(),
                        now.contact(),
                        "2, rue Haute",
                        now.purposeFr(),
                        "all our news",
                        null,
                        "",
                        now.version()));
        assertThat(rig.keeping.outdated(TEAM)).extracting(ConsentText::language).containsExactly("en");
        now = rig.keeping.settings(TEAM);
        rig.keeping.save(
                TEAM,
                new SignUpSettings(
                        "Les Voisins",
                        now.contact(),
                        now.postal(),
                        now.purposeFr(),
                        now.purposeEn(),
                        null,
                        "",
                        now.version()));
        assertThat(rig.keeping.outdated(TEAM)).extracting(ConsentText::language).containsExactly("fr", "en");
        rig.keeping.write(TEAM, "fr", "J’accepte que Les Voisins m’écrivent.");
        assertThat(rig.keeping.outdated(TEAM)).extracting(ConsentText::language).containsExactly("en");
    }

    @Test
    void of_a_text_that_an_older_version_wrote_the_first_change_is_told() {
        store.write(Urgency.REQUEST, tx -> {
            // As it was before there was that column: what stands in it is never changed.
            Opened.execute(tx, "drop trigger consent_text_told");
            Opened.execute(tx, "update consent_text set told = null");
            return true;
        });
        assertThat(rig.keeping.outdated(TEAM)).isEmpty();
        SignUpSettings now = rig.keeping.settings(TEAM);
        rig.keeping.save(
                TEAM,
                new SignUpSettings(
                        "Les Voisins",
                        now.contact(),
                        now.postal(),
                        now.purposeFr(),
                        now.purposeEn(),
                        null,
                        "",
                        now.version()));
        assertThat(rig.keeping.outdated(TEAM)).hasSize(2);
    }
}
