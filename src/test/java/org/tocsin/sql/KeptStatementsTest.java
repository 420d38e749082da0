package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.core.CoreStatement;

class KeptStatementsTest {
    private final List<PreparedStatement> made = new ArrayList<>();
    private Handle handle;
    private Handle other;

    /** Tells apart what was made ready anew from what was kept. */
    private final class Watched extends KeptStatements {
        @Override
        public PreparedStatement create(Connection connection, String sql, StatementContext context)
                throws SQLException {
            PreparedStatement statement = super.create(connection, sql, context);
            if (!made.contains(statement)) {
                made.add(statement);
            }
            return statement;
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        Jdbi jdbi = Jdbi.create("jdbc:sqlite:" + folder.resolve("db"));
        handle = jdbi.open();
        other = jdbi.open();
        handle.execute("pragma journal_mode=wal");
        handle.execute("create table item (id integer primary key, name text not null unique)");
        handle.setStatementBuilder(new Watched());
    }

    @AfterEach
    void close() {
        handle.close();
        other.close();
    }

    private void add(int id, String name) {
        handle.createUpdate("insert into item (id, name) values (:id, :name)")
                .bind("id", id)
                .bind("name", name)
                .execute();
    }

    private List<String> names() {
        return handle.createQuery("select name from item where id < :id order by id")
                .bind("id", 1_000)
                .mapTo(String.class)
                .list();
    }

    @Test
    void makesWhatIsSaidOftenReadyOnce() {
        for (int i = 0; i < 20; i++) {
            add(i, "n" + i);
            assertThat(names()).hasSize(i + 1).endsWith("n" + i);
        }

        assertThat(made).hasSize(2);
    }

    @Test
    void goesOnAfterAStatementThatFailed() {
        add(1, "one");

        assertThatThrownBy(() -> add(2, "one")).hasMessageContaining("UNIQUE");
        add(2, "two");

        assertThat(names()).containsExactly("one", "two");
    }

    @Test
    void goesOnAfterABatchThatFailed() {
        assertThatThrownBy(() -> batch("one", "one")).hasMessageContaining("UNIQUE");
        handle.execute("delete from item");

        batch("two", "three");

        assertThat(names()).containsExactly("two", "three");
    }

    private void batch(String... names) {
        PreparedBatch batch = handle.prepareBatch("insert into item (id, name) values (:id, :name)");
        for (int i = 0; i < names.length; i++) {
            batch.bind("id", i).bind("name", names[i]).add();
        }
        batch.execute();
    }

    @Test
    void saysTheSameWithinItself() {
        add(1, "one");
        add(2, "two");
        String sql = "select name from item order by id";
        List<String> said = new ArrayList<>();
        handle.createQuery(sql).mapTo(String.class).list();

        try (ResultIterator<String> outer =
                handle.createQuery(sql).mapTo(String.class).iterator()) {
            outer.forEachRemaining(name ->
                    said.add(name + handle.createQuery(sql).mapTo(String.class).list()));
        }

        assertThat(said).containsExactly("one[one, two]", "two[one, two]");
    }

    @Test
    void holdsNoSnapshotForRowsThatNobodyRead() {
        add(1, "one");
        add(2, "two");
        try (ResultIterator<String> some =
                handle.createQuery("select name from item").mapTo(String.class).iterator()) {
            assertThat(((Iterator<String>) some).next()).isEqualTo("one");
        }

        other.execute("insert into item (id, name) values (3, 'three')");

        assertThat(names()).containsExactly("one", "two", "three");
        assertThat(other.createQuery("pragma wal_checkpoint(truncate)")
                        .map((row, context) -> row.getInt(1))
                        .one())
                .isZero();
    }

    @Test
    void closesWhatItKeepsAndWhatIsOneTooMany() {
        for (int i = 0; i < 150; i++) {
            handle.createQuery("select " + i).mapTo(Integer.class).one();
        }
        assertThat(made).hasSize(150);
        assertThat(isClosed(made.getFirst())).isTrue();
        assertThat(isClosed(made.getLast())).isFalse();

        handle.close();

        assertThat(made).allMatch(KeptStatementsTest::isClosed);
    }

    private static boolean isClosed(PreparedStatement statement) {
        return ((CoreStatement) statement).pointer.isClosed();
    }
}
