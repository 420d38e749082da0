package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.FaultException;
import org.tocsin.base.LongWork;
import org.tocsin.base.TableRuns;
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
        imports = new SubscriberImport(rig.stores, rig.leaving);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_table_is_read_line_by_line_and_each_line_is_answered_for() {
        Topic streets = rig.keeping.addTopic(TEAM, "Rues", "Streets");
        rig.confirmed("there@example.org");
        rig.leaving.complained(MAIN, rig.confirmed("angry@example.org").id(), rig.clock.instant(), "");
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
        SubscriberImport.Report report = imports.add(TEAM, "email\nana@example.org\n", HOW, true);
        assertThat(report.added()).isEqualTo(1);
        assertThat(report.none()).as("that it was said stands in the report").isTrue();
        var audit = store.read(tx -> rig.stores.audit().page(tx, MAIN, 0, 1));
        assertThat(audit)
                .singleElement()
                .satisfies(row -> assertThat(row.detail()).isEqualTo("people=1 noneLeft=true"));
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

    @Test
    void who_is_on_the_list_of_those_who_had_left_is_taken_off_at_once_and_it_is_known_why() {
        Subscriber ana = rig.confirmed("ana@example.org");
        rig.ask("new@example.org");
        String token = rig.token();
        Subscriber asking = rig.of("new@example.org");
        String table = "email\nAna@example.org\nnew@example.org\nnobody@example.org\nana@example.org\n";

        SubscriberImport.Report look = imports.run(
                TEAM,
                new SubscriberImport.Wanted(table, true, null, false, true, "partis-2025.csv"),
                TableRuns.Progress.NONE);
        assertThat(look.lines())
                .extracting(SubscriberImport.Line::number, SubscriberImport.Line::status)
                .contains(tuple(2L, SubscriberImport.Status.ENDED), tuple(3L, SubscriberImport.Status.ENDED));
        assertThat(rig.there("ana@example.org")).as("looked at only").isTrue();

        imports.run(
                TEAM,
                new SubscriberImport.Wanted(table, true, null, false, false, "partis-2025.csv"),
                TableRuns.Progress.NONE);

        assertThat(rig.there("ana@example.org")).isFalse();
        assertThat(rig.there("new@example.org")).isFalse();
        assertThat(rig.team.data(TEAM, ana.id()).history().getLast().consent())
                .returns(Consent.Kind.WITHDRAWN, Consent::kind)
                .returns(Consent.Door.IMPORT, Consent::door)
                .returns("team:" + TEAM.id() + " import partis-2025.csv", Consent::proof);
        assertThat(rig.choices.find(MAIN, asking.id())).get().returns(Subscriber.State.LEFT, Subscriber::state);
        assertThat(rig.signUps.confirm(token))
                .as("a mail from before the list opens nothing")
                .isInstanceOf(SignUps.Look.Over.class);
        assertThat(rig.left)
                .filteredOn(line -> line.what() == LeaveLog.What.IMPORTED)
                .extracting(LeaveLog.Line::key)
                .contains(Opened.BOX.hash("ana@example.org"), Opened.BOX.hash("nobody@example.org"));
        assertThat(rig.leaving.apply()).as("nothing is left for the next start").isZero();
    }

    @Test
    void an_address_that_came_on_the_list_while_its_mail_waited_is_not_taken_as_another_address() {
        Subscriber ana = rig.confirmed("ana@example.org");
        rig.choices.correct(MAIN, ana.id(), "gone@example.org", Consent.Door.LETTER);
        rig.post();
        imports.left(TEAM, "email\ngone@example.org\n");
        assertThat(rig.signUps.confirm(rig.token())).isInstanceOf(SignUps.Look.Over.class);
        assertThat(rig.there("ana@example.org")).isTrue();
        assertThat(rig.there("gone@example.org")).isFalse();
    }

    /** B75 of the hostile inputs. */
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1+1", "\u0000=1"})
    void nothing_that_goes_out_is_a_formula(String cell) {
        assertThat(SubscriberTable.write(List.of(List.of(cell)), false)).startsWith("\"'");
    }

    @Test
    void what_goes_out_is_a_table_that_can_be_read_again() {
        rig.confirmed("o'neil@example.org");
        String table = imports.export(TEAM, List.of(), Segment.ALL, false);
        assertThat(table.lines()).hasSize(2);
        assertThat(SubscriberTable.read(table, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.get("address")).isEqualTo("o'neil@example.org"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_goes_out_is_brought_in_as_it_is(boolean raw) {
        Topic streets = rig.keeping.addTopic(TEAM, "Rues", "Streets");
        Topic parks = rig.keeping.addTopic(TEAM, "Parcs", "Parks");
        String text = "name;email;topics\n-Ana;+ana@example.org;Rues,Parcs\n";
        assertThat(imports.add(TEAM, text, HOW, true).added()).isEqualTo(1);
        String table = imports.export(TEAM, List.of(), Segment.ALL, raw);
        assertThat(table.contains("\"'+ana@")).isEqualTo(!raw);

        assertThat(imports.add(TEAM, table, HOW, true).refused()).isEmpty();
        assertThat(SubscriberTable.read(table, 10)).singleElement().satisfies(row -> {
            assertThat(row.get("address")).isEqualTo("+ana@example.org");
            assertThat(row.get("name")).isEqualTo("-Ana");
            assertThat(SubscriberTable.names(row.get("topics"))).containsExactlyInAnyOrder(streets.id(), parks.id());
        });
    }

    @Test
    void who_was_no_subscriber_in_an_export_becomes_none_by_it() {
        String text = """
                address,state
                ana@example.org,PENDING
                bob@example.org,RESTRICTED
                cyd@example.org,LEFT
                dan@example.org,CONFIRMED
                eve@example.org,Texas
                """;
        SubscriberImport.Report report = imports.add(TEAM, text, HOW, true);
        assertThat(report.added()).isEqualTo(2);
        assertThat(rig.there("ana@example.org")).isFalse();
        assertThat(rig.there("bob@example.org")).isFalse();
        assertThat(rig.there("cyd@example.org")).isFalse();
        assertThat(rig.there("eve@example.org")).as("a region, of another tool").isTrue();
    }

    private static String table(int people) {
        StringBuilder table = new StringBuilder("email\n");
        for (int i = 0; i < people; i++) {
            table.append("p").append(i).append("@example.org\n");
        }
        return table.toString();
    }

    @Test
    void a_look_writes_nothing_and_says_what_would_be() {
        rig.confirmed("there@example.org");
        String table = "email\nana@example.org\nthere@example.org\nno address\nAna@example.org\n";
        SubscriberImport.Report look = imports.run(
                TEAM, new SubscriberImport.Wanted(table, false, HOW, true, true, null), TableRuns.Progress.NONE);
        assertThat(look.added()).isEqualTo(1);
        assertThat(look.there()).isEqualTo(2);
        assertThat(look.lines()).extracting(SubscriberImport.Line::number).containsExactly(3L, 4L, 5L);
        assertThat(rig.there("ana@example.org")).isFalse();
        SubscriberImport.Report done = imports.add(TEAM, table, HOW, true);
        assertThat(done.added()).isEqualTo(look.added());
        assertThat(done.there()).isEqualTo(look.there());

        imports.run(
                TEAM,
                new SubscriberImport.Wanted("email\ngone@example.org\n", true, null, false, true, null),
                TableRuns.Progress.NONE);
        assertThat(rig.left).noneMatch(line -> line.what() == LeaveLog.What.IMPORTED);
    }

    @Test
    void it_says_how_far_it_is_in_small_steps_and_ends_where_it_is_stopped() {
        List<Long> far = new ArrayList<>();
        SubscriberImport.Report report = imports.run(
                TEAM, new SubscriberImport.Wanted(table(230), false, HOW, true, false, null), (done, total) -> {
                    far.add(done);
                    assertThat(total).isEqualTo(230);
                    return done < 150;
                });
        assertThat(far).containsExactly(0L, 50L, 100L, 150L);
        assertThat(report.stopped()).isTrue();
        assertThat(report.added()).isEqualTo(150);
        assertThat(rig.there("p149@example.org")).isTrue();
        assertThat(rig.there("p150@example.org")).isFalse();
        assertThat(imports.add(TEAM, table(230), HOW, true).added())
                .as("once more, the rest comes")
                .isEqualTo(80);
    }

    @Test
    void one_that_runs_by_itself_is_seen_and_stopped_like_other_long_work() throws Exception {
        LongWork work = new LongWork(rig.stores.ids(), rig.clock);
        List<Runnable> begun = new ArrayList<>();
        try (ImportRuns runs = new ImportRuns(imports, work, begun::add)) {
            var wanted = new SubscriberImport.Wanted(table(120), false, HOW, true, false, null);
            String id = runs.begin(TEAM, wanted).id();
            assertThat(work.all(MAIN)).singleElement().satisfies(one -> {
                assertThat(one.kind()).isEqualTo(LongWork.Kind.SUBSCRIBERS);
                assertThat(one.total()).isEqualTo(120);
            });
            assertThatThrownBy(() -> runs.begin(TEAM, wanted)).hasMessageContaining("signup.import.busy");
            runs.stop(TEAM, id);
            begun.getFirst().run();
            assertThat(runs.find(TEAM, id).report()).isNotNull().satisfies(report -> {
                assertThat(report.stopped()).isTrue();
                assertThat(report.added()).isZero();
            });
            assertThat(work.all(MAIN)).isEmpty();

            runs.begin(TEAM, wanted);
            begun.getLast().run();
            assertThat(runs.last(TEAM).orElseThrow().report())
                    .isNotNull()
                    .satisfies(report -> assertThat(report.added()).isEqualTo(120));
            assertThatThrownBy(() -> runs.find(TEAM, id)).isInstanceOf(FaultException.class);
        }
    }
}
