package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlStore;

/** People come from another tool with how they agreed; who had left it is not written to. */
class SubscriberImportTest {
    private static final String HOW = "Paper form at the market of 3 May 2026, kept by the secretary.";

    private SqlStore store;
    private SignUpRig rig;
    private SubscriberImport imports;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        rig = new SignUpRig(store, new TestClock(Instant.parse("2026-11-27T09:00:00Z")));
        imports = new SubscriberImport(rig.stores);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_table_is_read_line_by_line_and_each_line_is_answered_for() {
        Topic streets = rig.keeping.addTopic(TEAM, "Rues", "Streets");
        rig.confirmed("there@example.org");
        rig.leaving.complained(MAIN, rig.confirmed("angry@example.org").id(), "");
        imports.left(TEAM, "email\ngone@example.org\n");

        SubscriberImport.Report report = imports.add(TEAM, """
                \uFEFFNom;E-mail;Langue;Thèmes
                Ana;Ana@example.org;en;Rues
                ;gone@example.org;;
                ;there@example.org;;
                ;angry@example.org;;
                ;no address;;
                Bob;bob@example.org;;Gardens
                ;ana@example.org;;
                """, HOW, false);

        assertThat(report.added()).isEqualTo(1);
        assertThat(report.there()).isEqualTo(2);
        assertThat(report.kept()).isEqualTo(2);
        assertThat(report.refused()).extracting(SubscriberImport.Line::number).containsExactly(6L, 7L);
        Subscriber ana = rig.of("ana@example.org");
        assertThat(ana.topics()).containsExactly(streets.id());
        assertThat(ana.language()).isEqualTo("en");
        assertThat(rig.team.data(TEAM, ana.id()).history())
                .singleElement()
                .satisfies(step -> assertThat(step.consent().proof()).contains(HOW));
    }

    @Test
    void nobody_comes_before_the_list_of_those_who_had_left() {
        assertThatThrownBy(() -> imports.add(TEAM, "email\nana@example.org\n", HOW, false))
                .hasMessageContaining("signup.import.left-first");
        assertThat(imports.add(TEAM, "email\nana@example.org\n", HOW, true).added())
                .isEqualTo(1);
    }

    @Test
    void nobody_comes_without_a_word_on_how_he_agreed() {
        assertThatThrownBy(() -> imports.add(TEAM, "email\nana@example.org\n", "they agreed", true))
                .hasMessageContaining("signup.import.statement");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "phone\n1\n", "email\n\"ana@example.org\n", "a,b\n1,2,3\n"})
    void what_is_no_table_of_addresses_is_refused_whole(String table) {
        assertThatThrownBy(() -> imports.add(TEAM, table, HOW, true)).hasMessageContaining("signup.import");
    }

    /** B75 of the hostile inputs. */
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1+1", "\u0000=1"})
    void nothing_that_goes_out_is_a_formula(String cell) {
        assertThat(SubscriberTable.safe(cell)).startsWith("'");
    }

    @Test
    void what_goes_out_is_a_table_that_can_be_read_again() {
        rig.confirmed("o'neil@example.org");
        String table = imports.export(TEAM);
        assertThat(table.lines()).hasSize(2);
        assertThat(SubscriberTable.read(table, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.get("address")).isEqualTo("o'neil@example.org"));
    }
}
