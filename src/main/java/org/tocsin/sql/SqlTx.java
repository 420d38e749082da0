package org.tocsin.sql;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.tocsin.base.Tx;

/** An open transaction of this store. */
final class SqlTx implements Tx {
    private final Handle handle;
    private final List<Runnable> hooks;

    SqlTx(Handle handle) {
        this.handle = handle;
        this.hooks = new ArrayList<>();
    }

    /** @return the connection behind a transaction that this store has opened */
    static Handle handle(Tx tx) {
        return ((SqlTx) tx).handle;
    }

    @Override
    public void afterCommit(Runnable hook) {
        hooks.add(hook);
    }

    List<Runnable> hooks() {
        return hooks;
    }
}
