package org.tocsin.sql;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteException;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** Turns what a database says into what a person is told. The names are those of sqlite.org/rescode.html. */
final class StoreFaults {
    /** I/O errors in which nothing on the disk has gone wrong: no memory, no space for the index of the log, a lock. */
    private static final Set<String> PASSING = Set.of(
            "SQLITE_IOERR_NOMEM",
            "SQLITE_IOERR_SHMSIZE",
            "SQLITE_IOERR_SHMOPEN",
            "SQLITE_IOERR_SHMMAP",
            "SQLITE_IOERR_BLOCKED",
            "SQLITE_IOERR_LOCK",
            "SQLITE_IOERR_RDLOCK",
            "SQLITE_IOERR_SHMLOCK",
            "SQLITE_IOERR_CHECKRESERVEDLOCK");

    private StoreFaults() {}

    static FaultException closed() {
        return new FaultException(Kind.STORAGE, Fault.at("", Message.of("sql.closed")));
    }

    static FaultException failed() {
        return new FaultException(Kind.STORAGE, Fault.at("", Message.of("sql.failed")));
    }

    /** @return a fault with its remedy for whatever the disk or the database does not do; else the exception as it is */
    static RuntimeException map(Throwable e) {
        Optional<Message> said = result(e).flatMap(StoreFaults::message);
        if (said.isPresent()) {
            return caused(said.get(), e);
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }

    /** The same for a database that is being opened, and that nothing may be created over. */
    static RuntimeException opening(Throwable e, Path file) {
        return result(e).filter(StoreFaults::damaged).isPresent()
                ? caused(Message.of("sql.open.damaged", "file", file), e)
                : map(e);
    }

    static FaultException caused(Message message, Throwable e) {
        FaultException fault = new FaultException(Kind.STORAGE, Fault.at("", message));
        fault.initCause(e);
        return fault;
    }

    /** @return whether there is no space */
    static boolean full(Throwable e) {
        return result(e)
                .filter(name -> name.equals("SQLITE_FULL") || name.equals("SQLITE_IOERR_SHMSIZE"))
                .isPresent();
    }

    /** @return whether after this nothing can be trusted: what was written may or may not be there, or what is there is wrong */
    static boolean broken(Throwable e) {
        return (e instanceof VirtualMachineError && !(e instanceof StackOverflowError))
                || result(e)
                        .filter(name -> damaged(name) || (name.startsWith("SQLITE_IOERR") && !PASSING.contains(name)))
                        .isPresent();
    }

    /** @return whether a sync failed: then not even a disk that was made read-only has kept what it acknowledged */
    static boolean unsynced(Throwable e) {
        return result(e)
                .filter(name -> name.equals("SQLITE_IOERR_FSYNC") || name.equals("SQLITE_IOERR_DIR_FSYNC"))
                .isPresent();
    }

    /** @return whether a write failed for what may be a want of room that SQLite has no name for */
    static boolean unwritten(Throwable e) {
        return result(e).filter(name -> name.equals("SQLITE_IOERR_WRITE")).isPresent();
    }

    private static boolean damaged(String name) {
        return name.startsWith("SQLITE_CORRUPT")
                || name.equals("SQLITE_NOTADB")
                || name.equals("SQLITE_IOERR_SHORT_READ")
                || name.equals("SQLITE_IOERR_CORRUPTFS");
    }

    private static Optional<String> result(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return Optional.of(sqlite.getResultCode().name());
            }
        }
        return Optional.empty();
    }

    private static Optional<Message> message(String name) {
        if (name.equals("SQLITE_FULL") || name.equals("SQLITE_IOERR_SHMSIZE")) {
            return Optional.of(Message.of("sql.disk.full"));
        }
        if (name.startsWith("SQLITE_READONLY") || name.equals("SQLITE_PERM")) {
            return Optional.of(Message.of("sql.disk.read-only"));
        }
        if (name.startsWith("SQLITE_CANTOPEN")) {
            return Optional.of(Message.of("sql.disk.closed"));
        }
        if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED") || name.equals("SQLITE_PROTOCOL")) {
            return Optional.of(Message.of("sql.busy"));
        }
        if (name.equals("SQLITE_NOMEM") || name.equals("SQLITE_IOERR_NOMEM")) {
            return Optional.of(Message.of("sql.memory"));
        }
        if (damaged(name)) {
            return Optional.of(Message.of("sql.damaged"));
        }
        return name.startsWith("SQLITE_IOERR") ? Optional.of(Message.of("sql.disk.broken")) : Optional.empty();
    }
}
