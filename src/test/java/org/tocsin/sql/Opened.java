package org.tocsin.sql;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tocsin.base.Tx;

/** Stores of tests. */
public final class Opened {
    /** A box with a key that everyone knows. */
    public static final SecretBox BOX = new SecretBox(Arrays.copyOf("a key".getBytes(StandardCharsets.UTF_8), 32));

    private Opened() {}

    /** A real store in that folder. */
    public static SqlStore at(Path folder) {
        return SqlStore.open(folder.resolve("tocsin.db"));
    }

    /** Runs a statement behind the repositories' back. */
    public static int execute(Tx tx, String statement, Object... values) {
        return SqlTx.handle(tx).execute(statement, values);
    }

    /** Reads one text behind the repositories' back. */
    public static String text(Tx tx, String query) {
        return SqlTx.handle(tx).createQuery(query).mapTo(String.class).one();
    }

    /** Reads texts behind the repositories' back. */
    public static List<String> texts(Tx tx, String query) {
        return SqlTx.handle(tx).createQuery(query).mapTo(String.class).list();
    }
}
