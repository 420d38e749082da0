package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.UnitOfWork.Urgency;

/** From one version to the next, and not back. The later versions of this test are in {@code db/later} and {@code db/broken}. */
class SchemaTest {
    private static final String RELEASED = "classpath:db/migration";

    /** Above every step that is released. */
    private static final int LATER = 1000;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("tocsin.db");
    }

    private void migrate(int newest, String... locations) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file());
        try (Handle handle = Jdbi.create(source).open()) {
            new Schema(file(), false, newest, locations).migrate(handle, source);
        }
    }

    private static String fault(FaultException e) {
        assertThat(e.kind()).isEqualTo(Kind.STORAGE);
        return e.faults().getFirst().message().code();
    }

    /** The database and its copies; what else a store keeps beside them is no copy. */
    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("tocsin.db"))
                    .filter(name -> !name.endsWith("-wal") && !name.endsWith("-shm"))
                    .sorted()
                    .toList();
        }
    }

    private void write(String name) {
        try (SqlStore store = Opened.at(folder)) {
            store.write(Urgency.REQUEST, tx -> {
                new SqlMeta().put(tx, name, "x");
                return true;
            });
        }
    }

    private static Optional<String> kept(SqlStore store) {
        return store.read(tx -> new SqlMeta().get(tx, "kept"));
    }

    @Test
    void the_newest_version_in_the_code_is_that_of_the_newest_file() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            int newest = files.map(path -> path.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();
            assertThat(Schema.NEWEST).isEqualTo(newest);
        }
    }

    @Test
    void a_database_is_copied_before_its_schema_changes_and_a_new_or_unchanged_one_is_not() throws IOException {
        write("kept");
        migrate(Schema.NEWEST, RELEASED);
        assertThat(files()).containsExactly("tocsin.db");
        migrate(LATER, RELEASED, "classpath:db/later");
        assertThat(files()).containsExactly("tocsin.db", "tocsin.db.before-V" + (Schema.NEWEST + 1));
        Path copy = folder.resolve("tocsin.db.before-V" + (Schema.NEWEST + 1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        Files.copy(copy, Files.createDirectories(folder.resolve("old")).resolve("tocsin.db"));
        try (SqlStore store = Opened.at(folder.resolve("old"))) {
            assertThat(kept(store)).contains("x");
        }
    }

    @Test
    void a_copy_that_was_cut_off_is_made_again() throws IOException {
        write("kept");
        Files.writeString(folder.resolve("tocsin.db.before-V" + (Schema.NEWEST + 1) + ".part"), "half");
        migrate(LATER, RELEASED, "classpath:db/later");
        assertThat(files()).containsExactly("tocsin.db", "tocsin.db.before-V" + (Schema.NEWEST + 1));
        assertThat(Files.size(folder.resolve("tocsin.db.before-V" + (Schema.NEWEST + 1))))
                .isGreaterThan(4096);
    }

    @Test
    void a_newer_schema_is_refused_and_left_as_it_is() {
        write("kept");
        migrate(LATER, RELEASED, "classpath:db/later");
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> Opened.at(folder).close())
                .satisfies(e -> assertThat(fault(e)).isEqualTo("sql.schema.newer"));
    }

    @Test
    void a_step_that_fails_changes_nothing_and_the_next_start_goes_on() {
        write("kept");
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> migrate(LATER, RELEASED, "classpath:db/broken"))
                .satisfies(e -> assertThat(fault(e)).isEqualTo("sql.schema.wrong"));
        try (SqlStore store = Opened.at(folder)) {
            assertThat(kept(store)).contains("x");
            String tables =
                    store.read(tx -> Opened.text(tx, "select count(*) from sqlite_master where name = 'later'"));
            assertThat(tables).isEqualTo("0");
        }
        migrate(LATER, RELEASED, "classpath:db/later");
    }
}
