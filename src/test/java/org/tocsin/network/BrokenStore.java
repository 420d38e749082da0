package org.tocsin.network;

import java.util.function.Function;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;

/** A store that can be full, and that can lose its answer after the commit, as when the process ends there. */
public final class BrokenStore implements UnitOfWork {
    private final UnitOfWork store;
    private volatile boolean refuses;
    private volatile boolean losesAnswers;

    BrokenStore(UnitOfWork store) {
        this.store = store;
    }

    void refuses(boolean now) {
        refuses = now;
    }

    void losesAnswers(boolean now) {
        losesAnswers = now;
    }

    @Override
    public <R> R write(Urgency urgency, Function<Tx, R> work) {
        refuse();
        R result = store.write(urgency, work);
        if (losesAnswers) {
            throw new IllegalStateException("the answer is lost");
        }
        return result;
    }

    @Override
    public <R> R read(Function<Tx, R> work) {
        refuse();
        return store.read(work);
    }

    private void refuse() {
        if (refuses) {
            throw new FaultException(FaultException.Kind.STORAGE, Fault.at("", Message.of("sql.disk.full")));
        }
    }
}
