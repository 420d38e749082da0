package org.tocsin.watch.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAlerts;
import org.tocsin.sql.SqlErasures;
import org.tocsin.sql.SqlStore;

/** What is in memory says what the rows say, whatever became of the transactions. */
class NearStoriesTest {
    private static final Instant NOW = Instant.parse("2031-03-01T10:00:00Z");
    private static final Instant SINCE = NOW.minus(Duration.ofDays(3));
    private static final BranchId OTHER = new BranchId("other");

    private final SqlAlerts alerts = new SqlAlerts();
    private SqlStore store;
    private NearStories near;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        near = new NearStories(alerts);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Traits traits(String text) {
        List<String> words = List.of(text.split(" "));
        return new Traits(Likeness.of(words), Headline.of(words, word -> 0.001, 0.01));
    }

    private static final Traits FIRE = traits("incendie usine lubrizol rouen communes confinees");
    private static final Traits AGAIN = traits("rouen incendie usine lubrizol communes confinees encore");

    private <R> R write(Function<Tx, R> work) {
        return store.write(Urgency.BULK, work);
    }

    private void tell(Traits traits, String story, Instant at) {
        write(tx -> {
            near.told(tx, BranchId.MAIN, traits, story, at);
            return true;
        });
    }

    private Optional<String> find(BranchId branch, Traits traits) {
        return write(tx -> near.find(tx, branch, traits, SINCE));
    }

    private List<AlertRepository.Like> rows() {
        return store.read(tx -> alerts.likes(tx, 0, 100));
    }

    @Test
    void what_was_told_is_found_in_its_own_transaction_and_in_later_ones() {
        Optional<String> found = write(tx -> {
            near.told(tx, BranchId.MAIN, FIRE, "s1", NOW);
            return near.find(tx, BranchId.MAIN, AGAIN, SINCE);
        });
        assertThat(found).contains("s1");
        assertThat(find(BranchId.MAIN, AGAIN)).contains("s1");
        assertThat(find(OTHER, AGAIN)).isEmpty();
        assertThat(find(BranchId.MAIN, traits("piscine municipale ferme travaux juin")))
                .isEmpty();
    }

    @Test
    void what_was_rolled_back_was_never_told() {
        assertThatIllegalStateException()
                .isThrownBy(() -> write(tx -> {
                    near.told(tx, BranchId.MAIN, FIRE, "s1", NOW);
                    throw new IllegalStateException("off");
                }));
        assertThat(find(BranchId.MAIN, AGAIN)).isEmpty();
        // Its row has the id of the one that never was.
        tell(traits("piscine municipale ferme travaux juin"), "s2", NOW);
        assertThat(find(BranchId.MAIN, AGAIN)).isEmpty();
    }

    @Test
    void a_new_start_knows_what_was_told_before() {
        tell(FIRE, "s1", NOW);
        near = new NearStories(alerts);
        assertThat(find(BranchId.MAIN, AGAIN)).contains("s1");
        near = new NearStories(alerts);
        store.read(tx -> {
            near.recall(tx);
            return true;
        });
        assertThat(find(BranchId.MAIN, AGAIN)).contains("s1");
    }

    @Test
    void the_newest_is_found_and_none_that_is_over() {
        tell(FIRE, "s0", SINCE.minusSeconds(1));
        assertThat(find(BranchId.MAIN, AGAIN)).isEmpty();
        tell(FIRE, "s1", NOW.minus(Duration.ofHours(2)));
        tell(FIRE, "s2", NOW.minus(Duration.ofHours(1)));
        assertThat(find(BranchId.MAIN, AGAIN)).contains("s2");
    }

    @Test
    void what_is_erased_is_found_no_longer() {
        tell(FIRE, "s1", NOW);
        tell(AGAIN, "s2", NOW.plusSeconds(1));
        write(tx -> {
            new SqlErasures().erase(tx, Map.of("s2", "gone"), NOW);
            return true;
        });
        assertThat(rows()).hasSize(1);
        assertThat(find(BranchId.MAIN, AGAIN)).contains("s1");
    }

    @Test
    void the_very_same_words_are_written_again_only_after_some_minutes() {
        tell(FIRE, "s1", NOW);
        tell(FIRE, "s1", NOW.plus(Duration.ofMinutes(9)));
        assertThat(rows()).hasSize(1);
        tell(FIRE, "s1", NOW.plus(Duration.ofMinutes(11)));
        assertThat(rows()).hasSize(2);
        tell(FIRE, "s2", NOW.plus(Duration.ofMinutes(12)));
        assertThat(rows()).hasSize(3);
        tell(traits("merci"), "s3", NOW);
        assertThat(rows()).hasSize(3);
    }

    @Test
    void a_row_that_cannot_be_read_ends_nothing() {
        write(tx -> alerts.like(tx, BranchId.MAIN, "???", "s0", NOW));
        tell(FIRE, "s1", NOW);
        assertThat(find(BranchId.MAIN, AGAIN)).contains("s1");
    }

    @Test
    void what_is_over_is_forgotten_in_the_rows_as_well() {
        tell(FIRE, "s1", NOW.minus(Duration.ofDays(4)));
        tell(AGAIN, "s2", NOW);
        int gone = write(tx -> alerts.forget(tx, SINCE, 10));
        assertThat(gone).isEqualTo(1);
        assertThat(rows()).extracting(AlertRepository.Like::storyId).containsExactly("s2");
        tell(traits("piscine municipale ferme travaux juin"), "s3", NOW);
        assertThat(rows().getLast().id()).as("no id comes twice").isEqualTo(3);
    }
}
