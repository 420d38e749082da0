package org.tocsin.sql;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** Turns what a database says into what a person is told. */
final class StoreFaults {
    private StoreFaults() {}

    static FaultException closed() {
        return new FaultException(Kind.STORAGE, Fault.at("", Message.of("sql.closed")));
    }

    /** @return a fault for a disk that is full, read-only or broken; else the exception as it is */
    static RuntimeException map(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                String code = code(sqlite.getResultCode());
                if (!code.isEmpty()) {
                    FaultException fault = new FaultException(Kind.STORAGE, Fault.at("", Message.of(code)));
                    fault.initCause(e);
                    return fault;
                }
            }
        }
        return e;
    }

    private static String code(SQLiteErrorCode code) {
        String name = code.name();
        if (name.equals("SQLITE_FULL")) {
            return "sql.disk.full";
        }
        if (name.startsWith("SQLITE_READONLY") || name.equals("SQLITE_PERM") || name.startsWith("SQLITE_CANTOPEN")) {
            return "sql.disk.read-only";
        }
        if (name.startsWith("SQLITE_IOERR") || name.startsWith("SQLITE_CORRUPT") || name.equals("SQLITE_NOTADB")) {
            return "sql.disk.broken";
        }
        return "";
    }
}
