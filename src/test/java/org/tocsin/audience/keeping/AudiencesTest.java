package org.tocsin.audience.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.audience.AudienceRepository.Imported;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.Period;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.network.Channel;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.sql.SqlAudit;

class AudiencesTest {
    private static final Actor MANAGER = new Actor("m", BranchId.MAIN, Set.of(Scope.READ, Scope.MANAGE));
    private static final Actor WATCHER = new Actor("w", BranchId.MAIN, Set.of(Scope.READ));
    private static final Actor STRANGER = new Actor("s", new BranchId("other"), Set.of(Scope.READ, Scope.MANAGE));

    private AudienceRig rig;
    private Audiences audiences;
    private AudienceImport importer;

    @BeforeEach
    void open(@TempDir Path folder) {
        rig = new AudienceRig(folder);
        audiences = new Audiences(rig.store, rig.audience, rig.channels, rig.subscribed, AudienceRig.PARIS, rig.clock);
        importer = new AudienceImport(
                rig.store,
                rig.audience,
                rig.channels,
                rig.subscribed,
                new SqlAudit(rig.clock),
                AudienceRig.PARIS,
                rig.clock);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Audiences.Of one(Period period) {
        return audiences.of(MANAGER, period, Optional.of("one")).getFirst();
    }

    @Test
    void growth_after_an_import_reaches_back_to_it() {
        rig.channel("one", "scripted", Map.of());
        rig.counts("one", 150);
        rig.run();
        importer.run(MANAGER, "channel,date,followers\none,2026-09-01,100\none,2026-11-01,120\n", true);
        Audiences.Of of = one(Period.last(30, audiences.today()));
        assertThat(of.growth()).satisfies(growth -> {
            assertThat(growth.net()).isEqualTo(30);
            assertThat(growth.opening().day()).isEqualTo(LocalDate.of(2026, 11, 1));
        });
        assertThat(of.days()).extracting(AudienceSnapshot::followers).containsExactly(120L, 150L);
        assertThat(of.before()).satisfies(before -> assertThat(before.net()).isEqualTo(20));
    }

    @Test
    void an_import_is_for_those_who_manage_the_branch() {
        rig.channel("one", "scripted", Map.of());
        String table = "channel,date,followers\none,2026-09-01,100\n";
        assertThatThrownBy(() -> importer.run(WATCHER, table, true)).isInstanceOf(FaultException.class);
        assertThat(importer.run(STRANGER, table, true).refused()).isEqualTo(1);
        assertThat(audiences.of(STRANGER, Period.last(90, audiences.today()), Optional.empty()))
                .isEmpty();
        assertThat(rig.snapshots()).isEmpty();
    }

    @Test
    void a_table_of_many_rows_is_taken_in_parts_and_told_whole() {
        rig.channel("one", "scripted", Map.of());
        StringBuilder table = new StringBuilder("channel,date,followers\n");
        for (int i = 0; i < 1203; i++) {
            table.append("one,").append(LocalDate.of(2020, 1, 1).plusDays(i)).append(",5\n");
        }
        AudienceImport.Report report = importer.run(MANAGER, table.toString(), true);
        assertThat(report.counts()).isEqualTo(Map.of(Imported.ADDED, 1203));
        assertThat(rig.snapshots()).hasSize(1203);
    }

    @Test
    void the_figures_of_another_account_are_no_growth_of_this_one() {
        rig.channel("one", "scripted", Map.of());
        rig.counts("one", 9000);
        rig.run();
        rig.clock.move(Duration.ofDays(2));
        Instant since = rig.clock.instant();
        rig.write(tx -> {
            Channel other = new Channel(
                    "one",
                    BranchId.MAIN,
                    "one",
                    "scripted",
                    Map.of(Channel.ACCOUNT_SINCE_SETTING, since.toString()),
                    Map.of(),
                    AudienceRig.START);
            rig.channels.update(tx, other);
            return true;
        });
        rig.counts("one", 10);
        rig.run();
        Audiences.Of of = one(Period.last(7, audiences.today()));
        assertThat(of.growth()).isNull();
        assertThat(of.days()).extracting(AudienceSnapshot::followers).containsExactly(10L);
        List<AudienceSnapshot> all = audiences.figures(MANAGER, LocalDate.EPOCH, audiences.today(), Optional.of("one"));
        assertThat(all).as("kept for good").hasSize(2);
    }

    @Test
    void a_channel_that_is_not_counted_yet_is_shown_with_its_reason() {
        rig.channel("one", "scripted", Map.of());
        rig.channel("feeds", "feed", Map.of());
        rig.run();
        List<Audiences.Of> all = audiences.of(WATCHER, Period.last(7, audiences.today()), Optional.empty());
        assertThat(all).hasSize(1);
        assertThat(all.getFirst().latest()).isNull();
        assertThat(all.getFirst().due())
                .satisfies(due -> assertThat(due.reason()).isNotNull());
    }
}
