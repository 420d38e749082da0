package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.audience.AudienceDue;
import org.tocsin.audience.AudienceRepository;
import org.tocsin.audience.AudienceRepository.Imported;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.AudienceSnapshot.Origin;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;

/** What every store of audiences keeps. */
abstract class AudienceRepositoryContract {
    static final Instant NOW = Instant.parse("2026-12-01T10:00:00.123456Z");
    private static final LocalDate DAY = LocalDate.of(2026, 12, 1);
    private static final BranchId OTHER = new BranchId("other");
    private static final Set<String> NETWORKS = Set.of("mastodon", "x");

    private UnitOfWork store;
    private AudienceRepository audience;
    private ChannelRepository channels;
    private AutoCloseable close;

    /** @return an empty store in that folder, and its repositories */
    abstract Bound bind(Path folder);

    record Bound(UnitOfWork store, AudienceRepository audience, ChannelRepository channels, AutoCloseable close) {}

    @BeforeEach
    void open(@TempDir Path folder) {
        Bound bound = bind(folder);
        store = bound.store();
        audience = bound.audience();
        channels = bound.channels();
        close = bound.close();
    }

    @AfterEach
    void shut() throws Exception {
        close.close();
    }

    private <R> R write(Function<Tx, R> work) {
        return store.write(Urgency.REQUEST, work);
    }

    private void channel(String id, String network) {
        write(tx -> {
            channels.insert(tx, new Channel(id, BranchId.MAIN, id, network, Map.of(), Map.of(), NOW), true);
            return true;
        });
    }

    private void enrol() {
        write(tx -> {
            audience.enrol(tx, NETWORKS, NOW);
            return true;
        });
    }

    private boolean unenrolled() {
        return store.read(tx -> audience.unenrolled(tx, NETWORKS));
    }

    private List<AudienceDue> due(Instant at, Set<String> except) {
        return store.read(tx -> audience.due(tx, at, except, 9));
    }

    private static AudienceSnapshot snapshot(LocalDate day, Instant at, long followers, Origin origin) {
        return new AudienceSnapshot("one", day, at, followers, origin);
    }

    private void measured(AudienceSnapshot snapshot) {
        write(tx -> {
            audience.measured(tx, BranchId.MAIN, snapshot);
            return true;
        });
    }

    private Imported imported(AudienceSnapshot snapshot) {
        return write(tx -> audience.imported(tx, BranchId.MAIN, snapshot));
    }

    private List<AudienceSnapshot> all(BranchId branch) {
        return store.read(tx -> audience.between(tx, branch, DAY.minusYears(1), DAY.plusYears(1)));
    }

    @Test
    void each_channel_of_a_network_that_can_be_asked_gets_one_row() {
        assertThat(unenrolled()).isFalse();
        channel("one", "mastodon");
        channel("two", "x");
        channel("feeds", "feed");
        assertThat(unenrolled()).isTrue();
        enrol();
        enrol();
        assertThat(unenrolled()).isFalse();
        assertThat(due(NOW, Set.of()))
                .containsExactly(
                        new AudienceDue("one", BranchId.MAIN, 0, null, NOW, 1),
                        new AudienceDue("two", BranchId.MAIN, 0, null, NOW, 1));
        assertThat(due(NOW, Set.of("main/one")))
                .extracting(AudienceDue::channelId)
                .containsExactly("two");
        assertThat(due(NOW.minusSeconds(1), Set.of())).isEmpty();
        write(tx -> {
            audience.drop(tx, BranchId.MAIN, "one");
            channels.remove(tx, "one", NOW);
            return true;
        });
        enrol();
        assertThat(due(NOW, Set.of())).extracting(AudienceDue::channelId).containsExactly("two");
    }

    @Test
    void what_is_no_channel_has_one_row_in_each_branch_and_figures_of_its_own() {
        write(tx -> {
            for (BranchId branch : List.of(BranchId.MAIN, OTHER, OTHER)) {
                audience.enrol(tx, branch, "letter.mail", NOW);
            }
            audience.measured(tx, OTHER, new AudienceSnapshot("letter.mail", DAY, NOW, 4, Origin.MEASURED));
            audience.measured(tx, BranchId.MAIN, new AudienceSnapshot("letter.mail", DAY, NOW, 7, Origin.MEASURED));
            return true;
        });
        assertThat(due(NOW, Set.of())).hasSize(2);
        assertThat(due(NOW, Set.of("other/letter.mail")))
                .extracting(AudienceDue::branch)
                .containsExactly(BranchId.MAIN);
        assertThat(all(OTHER)).extracting(AudienceSnapshot::followers).containsExactly(4L);
        assertThat(all(BranchId.MAIN)).extracting(AudienceSnapshot::followers).containsExactly(7L);
        write(tx -> {
            audience.drop(tx, OTHER, "letter.mail");
            return true;
        });
        assertThat(due(NOW, Set.of())).extracting(AudienceDue::branch).containsExactly(BranchId.MAIN);
    }

    @Test
    void a_row_is_changed_only_by_who_saw_it() {
        channel("one", "x");
        enrol();
        AudienceDue row = due(NOW, Set.of()).getFirst();
        AudienceDue failed = row.failed(Message.of("audience.budget", "channel", "one"), NOW.plusSeconds(60));
        assertThat((boolean) write(tx -> audience.save(tx, failed))).isTrue();
        assertThat((boolean) write(tx -> audience.save(tx, row.counted(NOW)))).isFalse();
        Optional<AudienceDue> found = store.read(tx -> audience.find(tx, BranchId.MAIN, "one"));
        assertThat(found).contains(failed);
        Optional<Instant> next = store.read(tx -> audience.nextAt(tx, Set.of()));
        assertThat(next).contains(NOW.plusSeconds(60));
        Optional<Instant> none = store.read(tx -> audience.nextAt(tx, Set.of("main/one")));
        assertThat(none).isEmpty();
    }

    @Test
    void the_last_that_was_measured_on_a_day_is_the_days() {
        measured(snapshot(DAY, NOW, 10, Origin.MEASURED));
        measured(snapshot(DAY, NOW.plusSeconds(9), 12, Origin.MEASURED));
        measured(snapshot(DAY, NOW.plusSeconds(3), 11, Origin.MEASURED));
        measured(snapshot(DAY.plusDays(2), NOW, 13, Origin.MEASURED));
        assertThat(all(BranchId.MAIN))
                .containsExactly(
                        snapshot(DAY, NOW.plusSeconds(9), 12, Origin.MEASURED),
                        snapshot(DAY.plusDays(2), NOW, 13, Origin.MEASURED));
        assertThat(all(OTHER)).isEmpty();
        List<AudienceSnapshot> first = store.read(tx -> audience.between(tx, BranchId.MAIN, DAY, DAY.plusDays(1)));
        assertThat(first).hasSize(1);
    }

    @Test
    void an_import_never_takes_the_place_of_what_was_measured() {
        measured(snapshot(DAY, NOW, 10, Origin.MEASURED));
        assertThat(imported(snapshot(DAY, NOW.plusSeconds(9), 99, Origin.IMPORTED)))
                .isEqualTo(Imported.MEASURED);
        AudienceSnapshot before = snapshot(DAY.minusDays(1), NOW, 8, Origin.IMPORTED);
        assertThat(imported(before)).isEqualTo(Imported.ADDED);
        assertThat(imported(snapshot(DAY.minusDays(1), NOW.plusSeconds(1), 8, Origin.IMPORTED)))
                .isEqualTo(Imported.UNCHANGED);
        assertThat(all(BranchId.MAIN)).containsExactly(before, snapshot(DAY, NOW, 10, Origin.MEASURED));
        AudienceSnapshot better = snapshot(DAY.minusDays(1), NOW.plusSeconds(2), 9, Origin.IMPORTED);
        assertThat(imported(better)).isEqualTo(Imported.REPLACED);
        assertThat(all(BranchId.MAIN)).containsExactly(better, snapshot(DAY, NOW, 10, Origin.MEASURED));
    }

    @Test
    void what_is_measured_takes_the_place_of_an_import_whenever_that_was_made() {
        imported(snapshot(DAY, NOW.plusSeconds(9), 99, Origin.IMPORTED));
        AudienceSnapshot measured = snapshot(DAY, NOW, 10, Origin.MEASURED);
        measured(measured);
        assertThat(all(BranchId.MAIN)).containsExactly(measured);
    }

    @Test
    void the_last_before_a_day_is_found_for_each_channel() {
        measured(snapshot(DAY, NOW, 10, Origin.MEASURED));
        measured(snapshot(DAY.minusDays(3), NOW, 8, Origin.MEASURED));
        measured(new AudienceSnapshot("two", DAY.minusDays(9), NOW, 5, Origin.MEASURED));
        List<AudienceSnapshot> found = store.read(tx -> audience.lastBefore(tx, BranchId.MAIN, DAY));
        assertThat(found)
                .containsExactly(
                        snapshot(DAY.minusDays(3), NOW, 8, Origin.MEASURED),
                        new AudienceSnapshot("two", DAY.minusDays(9), NOW, 5, Origin.MEASURED));
        List<AudienceSnapshot> none = store.read(tx -> audience.lastBefore(tx, OTHER, DAY));
        assertThat(none).isEmpty();
        Optional<LocalDate> first = store.read(tx -> audience.first(tx, BranchId.MAIN));
        assertThat(first).contains(DAY.minusDays(9));
        Optional<LocalDate> nothing = store.read(tx -> audience.first(tx, OTHER));
        assertThat(nothing).isEmpty();
    }
}
