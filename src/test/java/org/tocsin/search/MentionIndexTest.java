package org.tocsin.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.SmallDisk;
import org.tocsin.base.FaultException;
import org.tocsin.watch.WordLists;

/** The index is a copy that may break, go or be another one's: what was heard is found again all the same. */
class MentionIndexTest {
    @TempDir
    private Path folder;

    private Library library;

    @BeforeEach
    void open() {
        library = new Library(folder);
    }

    @AfterEach
    void close() {
        library.close();
    }

    private static void remove(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private void again(String database) {
        library.close();
        library = new Library(folder, database, WordLists.none());
    }

    @Test
    void what_was_indexed_and_not_committed_is_read_again_after_a_kill() {
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        library.say(Library.post("2", "la piscine rouvre"));
        library.match();
        library.index();
        assertThat(library.found("piscine")).containsExactly("2", "1");
        library.kill();
        assertThat(library.index()).isEqualTo(1);
        assertThat(library.found("piscine")).containsExactly("2", "1");
        library.restart();
        assertThat(library.index()).as("a commit at the stop").isZero();
        assertThat(library.found("piscine")).containsExactly("2", "1");
    }

    @Test
    void what_comes_while_the_index_is_made_durable_is_found_and_is_no_second_document() throws IOException {
        library.close();
        List<Runnable> commits = new ArrayList<>();
        library = new Library(folder, "db", WordLists.none(), commits::add);
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        library.say(Library.post("2", "la piscine rouvre"));
        library.settle();
        int waiting = commits.size();
        assertThat(waiting).isPositive();
        library.clock.move(Duration.ofMinutes(1));
        library.say(Library.post("3", "la piscine est pleine"));
        library.settle();
        assertThat(library.found("piscine")).containsExactly("3", "2", "1");
        assertThat(commits).as("one at a time").hasSize(waiting);
        commits.forEach(Runnable::run);
        library.kill();
        assertThat(library.index()).as("all of it was in").isZero();
        assertThat(library.found("piscine")).containsExactly("3", "2", "1");
    }

    @Test
    void what_the_watches_have_not_read_is_not_indexed_yet() {
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        library.say(Library.post("2", "la piscine rouvre"));
        assertThat(library.index()).isZero();
        assertThat(library.found("piscine")).containsExactly("1");
        library.settle();
        assertThat(library.found("piscine")).containsExactly("2", "1");
    }

    @Test
    void a_folder_that_goes_while_nothing_runs_is_built_anew() throws IOException {
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        library.close();
        remove(library.indexFolder());
        library = new Library(folder);
        assertThat(library.found("piscine")).isEmpty();
        library.settle();
        assertThat(library.found("piscine")).containsExactly("1");
        assertThat(library.index.whole()).isTrue();
    }

    @Test
    void a_folder_that_goes_beneath_the_daemon_is_built_anew_and_answers_meanwhile() throws IOException {
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        remove(library.indexFolder());
        library.indexing.tick();
        assertThat(library.found("piscine")).containsExactly("1");
        library.say(Library.post("2", "la piscine rouvre"));
        library.settle();
        assertThat(library.found("piscine")).containsExactly("2", "1");
        assertThat(library.indexFolder().toFile().list()).hasSize(1);
        library.restart();
        library.index();
        assertThat(library.found("piscine")).containsExactly("2", "1");
    }

    @Test
    void an_index_of_another_database_is_not_believed() {
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        again("another");
        library.index();
        assertThat(library.found("piscine")).containsExactly("1");
        assertThat(Stamp.of(library.indexFolder().resolve("2")).orElseThrow().database())
                .isEqualTo("another");
        assertThat(library.indexFolder().resolve("1")).doesNotExist();
    }

    @Test
    void an_index_that_knows_more_than_the_log_is_not_believed() throws IOException {
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        try (Generation generation = Generation.open(
                library.indexFolder().resolve("7"),
                new Stamp(99, Fields.SCHEMA, org.tocsin.analysis.Analysis.VERSION, "db", true))) {
            assertThat(generation.stamp().seq()).isEqualTo(99);
        }
        library.restart();
        library.index();
        assertThat(library.found("piscine")).containsExactly("1");
        assertThat(library.index.seq()).isEqualTo(1);
    }

    @Test
    void the_one_before_answers_while_an_index_with_other_fields_is_built() throws IOException {
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        library.index.close();
        try (Generation generation =
                Generation.open(library.indexFolder().resolve("1"), new Stamp(1, Fields.SCHEMA - 1, 1, "db", true))) {
            generation.complete();
            generation.commit();
        }
        library.kill();
        library.index.open(1);
        assertThat(library.index.whole()).isFalse();
        assertThat(library.found("piscine")).as("by the former").containsExactly("1");
        assertThat(library.search
                        .page(Library.ACTOR, Wanted.of("piscine"), "", 5)
                        .whole())
                .isFalse();
        assertThatExceptionOfType(FaultException.class)
                .as("nobody would see what a file lacks")
                .isThrownBy(() -> library.search.require(Library.ACTOR, Wanted.of("piscine")))
                .matches(fault -> fault.faults().getFirst().message().code().equals("search.export.building"));
        library.settle();
        library.search.require(Library.ACTOR, Wanted.of("piscine"));
        assertThat(library.search
                        .page(Library.ACTOR, Wanted.of("piscine"), "", 5)
                        .whole())
                .isTrue();
        assertThat(library.found("piscine")).containsExactly("1");
        assertThat(library.indexFolder().resolve("1")).doesNotExist();
    }

    @Test
    void an_index_whose_files_are_damaged_is_built_anew() throws IOException {
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        library.index.close();
        try (Stream<Path> files = Files.list(library.indexFolder().resolve("1"))) {
            for (Path one : files.toList()) {
                if (!one.getFileName().toString().startsWith("segments")) {
                    Files.writeString(one, "x");
                }
            }
        }
        library.kill();
        library.settle();
        assertThat(library.found("piscine")).containsExactly("1");
    }

    @Test
    void where_nothing_can_be_written_search_lags_and_catches_up() throws IOException {
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        library.say(Library.post("2", "la piscine rouvre"));
        library.match();
        // As a full disk does, Lucene's writer ends at the first file that it cannot write.
        library.index.written().orElseThrow().abandon();
        library.index();
        assertThat(library.found("piscine")).containsExactly("1");
        clockOn(Duration.ofSeconds(11));
        library.settle();
        assertThat(library.found("piscine")).containsExactly("2", "1");
    }

    @Test
    void a_full_disk_holds_the_index_and_nothing_else() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("index"), "4m")) {
            library.say(Library.post("1", "la piscine ferme"));
            library.settle();
            disk.fill();
            library.say(Library.post("2", "la piscine rouvre"));
            library.match();
            library.index();
            clockOn(Duration.ofSeconds(11));
            library.index();
            assertThat(library.found("piscine")).as("what was visible").containsExactly("1");
            assertThat(library.index.written())
                    .as("the writer is held")
                    .matches(written -> written.isEmpty() || written.get().visible() < 2);
            disk.free();
            clockOn(Duration.ofSeconds(11));
            library.settle();
            assertThat(library.found("piscine")).containsExactly("2", "1");
            library.restart();
            library.index();
            assertThat(library.found("piscine")).containsExactly("2", "1");
            library.index.shut();
        }
    }

    private void clockOn(Duration by) {
        library.clock.move(by);
    }

    @Test
    void one_that_was_indexed_before_a_start_takes_its_own_place_when_it_is_edited_after() {
        library.say(Library.post("1", "la piscine ferme"), Library.post("2", "la piscine ouvre"));
        library.settle();
        library.restart();
        library.say(Library.post("1", "la piscine ferme demain"));
        library.settle();
        assertThat(library.found("piscine")).containsExactlyInAnyOrder("1", "2");
        assertThat(library.found("demain")).containsExactly("1");
        assertThat(List.of(library.index.look(
                        0, searcher -> searcher.getIndexReader().numDocs())))
                .containsExactly(2);
    }

    @Test
    void an_edit_and_a_deletion_upstream_leave_the_index() {
        library.say(Library.post("1", "la piscine ferme"), Library.post("2", "la piscine rouvre"));
        library.settle();
        library.say(Library.post("1", "la bibliothèque ferme"));
        library.unsay("2");
        assertThat(library.found("piscine")).as("before it is indexed").isEmpty();
        library.settle();
        assertThat(library.found("piscine")).isEmpty();
        assertThat(library.found("bibliothèque")).containsExactly("1");
        assertThat(List.of(library.index.look(
                        0, searcher -> searcher.getIndexReader().numDocs())))
                .containsExactly(1);
    }
}
