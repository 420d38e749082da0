package org.tocsin.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * Keeps the statements of one connection that were used last: to make one ready takes longer than to run most of them. One that is in use is
 * not among those, so that the same words may run twice at a time. For one thread at a time, as the connection.
 */
class KeptStatements extends DefaultStatementBuilder {
    private static final Logger log = LoggerFactory.getLogger(KeptStatements.class);
    /** Those that name a list have as many forms as the list has lengths: these come and go. */
    private static final int MOST = 100;

    private final SequencedMap<String, PreparedStatement> kept;
    /** By the words that each was made of; what is closed is named by other words, those before parameters had their places. */
    private final IdentityHashMap<Statement, String> used;

    KeptStatements() {
        this.kept = new LinkedHashMap<>();
        this.used = new IdentityHashMap<>();
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement before = kept.remove(sql);
        PreparedStatement ready = before == null ? super.create(connection, sql, context) : before;
        used.put(ready, sql);
        return ready;
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        String words = used.remove(statement);
        if (words == null
                || !(statement instanceof PreparedStatement done)
                || kept.containsKey(words)
                || !emptied(done)) {
            statement.close();
            return;
        }
        kept.put(words, done);
        if (kept.size() > MOST) {
            kept.pollFirstEntry().getValue().close();
        }
    }

    /**
     * One that stood in the middle of its rows would hold its snapshot of the database.
     *
     * @return false where the driver has closed it, as it does after some failures
     */
    private static boolean emptied(PreparedStatement statement) {
        try {
            if (!(statement instanceof CoreStatement core)) {
                return false;
            }
            core.pointer.safeRunConsume(DB::reset);
            statement.clearBatch();
            statement.clearParameters();
            return true;
        } catch (SQLException closed) {
            return false;
        }
    }

    /**
     * Ends what a piece of work has left in the middle of its rows. SQLite would keep the snapshot of such a statement, whatever is rolled back
     * or committed, and every later work of that connection would see the database as it was then (SQLite, "isolation").
     *
     * @param handle of this store, between two works
     */
    static void end(Handle handle) {
        if (handle.getStatementBuilder() instanceof KeptStatements statements) {
            statements.end();
        }
    }

    private void end() {
        if (used.isEmpty()) {
            return;
        }
        IdentityHashMap<Statement, String> left = new IdentityHashMap<>(used);
        used.clear();
        left.forEach((statement, words) -> {
            log.atError().addKeyValue("sql", words).log("a statement was left in the middle of its rows, and is ended");
            try {
                statement.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public void close(Connection connection) {
        for (PreparedStatement statement : kept.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        kept.clear();
    }
}
