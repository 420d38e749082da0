package org.tocsin.app;

import java.util.function.Consumer;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.sql.SqlMeta;

/**
 * Counts, in the database and in a file beside it: at each start, every few minutes, and at the stop. A database that is behind the file
 * is an older one that was put back: what it believes to be due may have gone out long ago. The database goes first: whoever is cut off
 * between the two has a file that is behind, which means nothing.
 */
final class Epoch implements AutoCloseable {
    private static final String NAME = "epoch";

    private final DataFolder folder;
    private final UnitOfWork unitOfWork;
    private final SqlMeta meta;

    Epoch(DataFolder folder, UnitOfWork unitOfWork, SqlMeta meta) {
        this.folder = folder;
        this.unitOfWork = unitOfWork;
        this.meta = meta;
    }

    /**
     * Counts a start.
     *
     * @param hold done in the transaction that counts, where the database was restored: once it counts as seen, everything is held
     * @return whether it was
     */
    boolean start(Consumer<Tx> hold) {
        long stored = unitOfWork.read(this::stored);
        // Without the file it cannot be told: a database that has run before is then taken for a restored one.
        long written = folder.read(NAME).map(text -> number(text, stored + 1)).orElse(stored == 0 ? 0 : stored + 1);
        boolean restored = stored < written;
        long next = Math.max(stored, written) + 1;
        unitOfWork.write(Urgency.REQUEST, tx -> {
            if (restored) {
                hold.accept(tx);
            }
            meta.put(tx, NAME, String.valueOf(next));
            return next;
        });
        folder.writeSecret(NAME, String.valueOf(next));
        return restored;
    }

    /** Counts on, so that a copy of the database that was made before is behind. */
    synchronized void mark() {
        long next = unitOfWork.write(Urgency.REQUEST, tx -> {
            long one = stored(tx) + 1;
            meta.put(tx, NAME, String.valueOf(one));
            return one;
        });
        folder.writeSecret(NAME, String.valueOf(next));
    }

    /** Counts the stop. */
    @Override
    public void close() {
        mark();
    }

    private long stored(Tx tx) {
        return meta.get(tx, NAME).map(text -> number(text, 0)).orElse(0L);
    }

    private static long number(String text, long otherwise) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
    }
}
