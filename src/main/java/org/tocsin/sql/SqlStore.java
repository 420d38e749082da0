package org.tocsin.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;

/**
 * The store in one SQLite file: write-ahead log, every commit synced ({@code synchronous=FULL}), one writer, several readers, each with
 * a snapshot of its own.
 */
public final class SqlStore implements UnitOfWork, AutoCloseable {
    /** Below this version SQLite has a fault in its write-ahead log that can corrupt a file: sqlite.org/wal.html, "WAL-reset bug". */
    private static final int[] FLOOR = {3, 51, 3};

    private static final int READERS = 4;
    /** So long the log grows, to 16 MB, before the writer puts it into the database: what changes with each commit is then written once for many. */
    private static final int LOG_PAGES = 4_000;
    /** KiB. The writer changes some hundred pages with each batch: in less it would write some of them twice and read others each time. */
    private static final int WRITER_CACHE = 16_384;

    private final Writer writer;
    private final Handle writing;
    private final BlockingQueue<Handle> readers;
    private final Jdbi jdbi;

    private SqlStore(Handle writing, BlockingQueue<Handle> readers, Jdbi jdbi, Path folder, StoreAlarm alarm) {
        this.jdbi = jdbi;
        this.writing = writing;
        this.readers = readers;
        this.writer = new Writer(writing, folder, alarm).start();
    }

    /** Opens a store whose owner is told nothing. */
    public static SqlStore open(Path file) {
        return open(file, false, StoreAlarm.NONE);
    }

    /**
     * Opens the store, checks it, and brings it to this version's schema.
     *
     * @param file     the database; its folder exists
     * @param expected whether it has run before: then nothing is made anew
     * @param alarm    told when the disk is full, and when the store can no longer be trusted
     * @return the open store
     * @throws FaultException STORAGE when the file cannot be used: no database, damaged, of a newer version, not writable
     */
    public static SqlStore open(Path file, boolean expected, StoreAlarm alarm) {
        List<Handle> opened = new ArrayList<>();
        try {
            SQLiteDataSource source = new SQLiteDataSource(config());
            source.setUrl("jdbc:sqlite:" + file);
            Jdbi jdbi = Jdbi.create(source).setStatementBuilderFactory(connection -> new KeptStatements());
            Handle writing = jdbi.open();
            opened.add(writing);
            check(writing, file);
            Schema.of(file, expected).migrate(writing, source);
            writing.execute("pragma wal_autocheckpoint=" + LOG_PAGES);
            writing.execute("pragma cache_size=" + -WRITER_CACHE);
            BlockingQueue<Handle> readers = new ArrayBlockingQueue<>(READERS);
            for (int i = 0; i < READERS; i++) {
                Handle reader = jdbi.open();
                opened.add(reader);
                readers.add(reader);
            }
            return new SqlStore(writing, readers, jdbi, file.toAbsolutePath().getParent(), alarm);
        } catch (RuntimeException e) {
            opened.forEach(Handle::close);
            throw StoreFaults.opening(e, file);
        }
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(5000);
        config.enforceForeignKeys(true);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        config.setJournalSizeLimit(64 * 1024 * 1024);
        // Nobody asks for them, and the driver makes a statement ready for them after every insert.
        config.setGetGeneratedKeys(false);
        return config;
    }

    private static void check(Handle handle, Path file) {
        String version = handle.createQuery("select sqlite_version()")
                .mapTo(String.class)
                .one();
        String[] parts = version.split("\\.");
        for (int i = 0; i < FLOOR.length; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part < FLOOR[i]) {
                throw fault("sql.version", "version", version);
            }
            if (part > FLOOR[i]) {
                break;
            }
        }
        handle.execute("pragma trusted_schema=off");
        // What is erased is overwritten in the file, not only let go of.
        handle.execute("pragma secure_delete=on");
        String verdict =
                handle.createQuery("pragma quick_check(1)").mapTo(String.class).first();
        if (!"ok".equals(verdict)) {
            throw fault("sql.open.damaged", "file", file);
        }
    }

    private static FaultException fault(String code, Object... pairs) {
        return new FaultException(Kind.STORAGE, Fault.at("", Message.of(code, pairs)));
    }

    @Override
    public <R> R write(Urgency urgency, Function<Tx, R> work) {
        return writer.write(urgency, work);
    }

    @Override
    public <R> R read(Function<Tx, R> work) {
        Handle handle;
        try {
            handle = readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the store", e);
        }
        try {
            Connection connection = handle.getConnection();
            connection.setAutoCommit(false);
            try {
                return work.apply(new SqlTx(handle));
            } finally {
                KeptStatements.end(handle);
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException | RuntimeException e) {
            throw writer.judge(e);
        } finally {
            readers.add(handle);
        }
    }

    /**
     * Puts everything that is committed into the database and empties its write-ahead log, which still holds what was erased. Most of the work
     * is done beside the writer; it is held for what came meanwhile, and for a moment in which readers may end.
     *
     * @return whether it could: readers may stand in the way, for a moment
     */
    public boolean emptyLog() {
        try (Handle handle = jdbi.open()) {
            // The writer waits as long as this does for readers (SQLite, "PRAGMA wal_checkpoint").
            handle.execute("pragma busy_timeout=20");
            handle.createQuery("pragma wal_checkpoint(passive)")
                    .map((row, context) -> row.getInt(1))
                    .one();
            return handle.createQuery("pragma wal_checkpoint(truncate)")
                    .map((row, context) -> row.getInt(1) == 0)
                    .one();
        } catch (RuntimeException e) {
            throw writer.judge(e);
        }
    }

    @Override
    public void close() {
        writer.close();
        readers.forEach(Handle::close);
        writing.close();
    }
}
