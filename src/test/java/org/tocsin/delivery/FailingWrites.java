package org.tocsin.delivery;

import java.util.function.Function;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;

/** A store of which some writes fail as on a full disk: the work is rolled back and the caller is told. */
final class FailingWrites implements UnitOfWork {
    private final UnitOfWork store;
    private int seen;
    private int first = Integer.MAX_VALUE;
    private int last = Integer.MAX_VALUE;

    FailingWrites(UnitOfWork store) {
        this.store = store;
    }

    /** The write of that number, counted from here and from 1, and so many in all, fail. */
    void failFrom(int number, int times) {
        seen = 0;
        first = number;
        last = number + times - 1;
    }

    /** @return whether the first write that should fail was ever made */
    boolean hasFailed() {
        return seen >= first;
    }

    @Override
    public <R> R write(Urgency urgency, Function<Tx, R> work) {
        seen++;
        if (seen >= first && seen <= last) {
            // The work runs, for a disk is full when it is written to; then everything is taken back.
            return store.write(urgency, tx -> {
                var _ = work.apply(tx);
                throw new FaultException(Kind.STORAGE, Fault.at("", Message.of("sql.disk.full")));
            });
        }
        return store.write(urgency, work);
    }

    @Override
    public <R> R read(Function<Tx, R> work) {
        return store.read(work);
    }
}
