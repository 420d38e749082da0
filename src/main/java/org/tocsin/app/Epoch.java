package org.tocsin.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.sql.SqlMeta;

/**
 * Counts the starts, in the database and in a file beside it. A database that is behind the file is an older one that was put back:
 * what it believes to be due may have gone out long ago.
 */
final class Epoch {
    private static final String NAME = "epoch";

    private Epoch() {}

    /** @return whether the database was restored */
    static boolean advance(DataFolder folder, UnitOfWork unitOfWork, SqlMeta meta) {
        long stored =
                unitOfWork.read(tx -> meta.get(tx, NAME)).map(Long::parseLong).orElse(0L);
        long written = read(folder.file(NAME), stored);
        long next = Math.max(stored, written) + 1;
        unitOfWork.write(Urgency.REQUEST, tx -> {
            meta.put(tx, NAME, String.valueOf(next));
            return next;
        });
        try {
            folder.writeSecret(NAME, String.valueOf(next));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stored < written;
    }

    private static long read(Path file, long stored) {
        try {
            // Without the file it cannot be told: a database that has run before is then taken for a restored one.
            return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : stored == 0 ? 0 : stored + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException e) {
            return stored + 1;
        }
    }
}
