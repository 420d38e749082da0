package org.tocsin.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/**
 * Brings a database to the schema of this version, each step in a transaction of its own, after a copy of the whole database beside it.
 * A newer schema is refused: what this version does not know it would not keep true.
 */
final class Schema {
    /** The newest file in {@code db/migration}. */
    static final int NEWEST = 50;

    private static final Logger log = LoggerFactory.getLogger(Schema.class);

    private final Path file;
    private final int newest;
    private final boolean expected;
    private final String[] locations;

    /**
     * @param expected  whether the database has run before: then one that is empty has lost everything, its log for example
     * @param locations of the migrations, whose newest is {@code newest}
     */
    Schema(Path file, boolean expected, int newest, String... locations) {
        this.expected = expected;
        this.file = file;
        this.newest = newest;
        this.locations = locations;
    }

    static Schema of(Path file, boolean expected) {
        return new Schema(file, expected, NEWEST, "classpath:db/migration");
    }

    /** @throws FaultException STORAGE when it is newer, or cannot be brought to this version's */
    void migrate(Handle handle, DataSource source) {
        int found = version(handle);
        if (found > newest) {
            throw StoreFaults.caused(
                    Message.of("sql.schema.newer", "file", file, "found", found, "known", newest),
                    new IllegalStateException("schema " + found));
        }
        if (found == 0 && expected) {
            throw StoreFaults.caused(
                    Message.of("sql.open.damaged", "file", file), new IllegalStateException("nothing is in it"));
        }
        if (found == newest) {
            // Nothing to do, and no need to load what would do it: a tenth of a start.
            return;
        }
        if (found > 0) {
            copy(handle, found);
        }
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations(locations)
                    .cleanDisabled(true)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw StoreFaults.map(e) instanceof FaultException fault
                    ? fault
                    : StoreFaults.caused(Message.of("sql.schema.wrong", "file", file, "why", said(e)), e);
        }
    }

    /** @return the version of the newest step that was taken; 0 for a new database */
    private static int version(Handle handle) {
        boolean known = handle.createQuery("select 1 from sqlite_master where name = 'flyway_schema_history'")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!known) {
            return 0;
        }
        List<String> versions = handle.createQuery(
                        "select version from flyway_schema_history where version is not null and success")
                .mapTo(String.class)
                .list();
        return versions.stream()
                .mapToInt(version -> Integer.parseInt(version.split("\\.", 2)[0]))
                .max()
                .orElse(0);
    }

    /** A whole copy, which has its name only when it is on the disk. */
    private void copy(Handle handle, int found) {
        Path target = file.resolveSibling(file.getFileName() + ".before-V" + (found + 1));
        Path part = file.resolveSibling(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            handle.execute("vacuum into ?", part.toString());
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            log.atInfo().addKeyValue("copy", target).log("the database was copied before its schema changes");
        } catch (IOException e) {
            throw StoreFaults.caused(
                    Message.of("sql.schema.copy", "copy", target, "why", said(e)), new UncheckedIOException(e));
        }
    }

    private static String said(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
