package org.tocsin.app;

import java.util.function.Function;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.CrashPoints;

/**
 * A unit of work whose writes have names, so that the crash test can end the process before or after one of them is durable:
 * {@code <name>.before-commit} and {@code <name>.after-commit}.
 */
final class NamedWrites implements UnitOfWork {
    private final UnitOfWork unitOfWork;
    private final String name;
    private final CrashPoints points;

    NamedWrites(UnitOfWork unitOfWork, String name, CrashPoints points) {
        this.unitOfWork = unitOfWork;
        this.name = name;
        this.points = points;
    }

    @Override
    public <R> R write(Urgency urgency, Function<Tx, R> work) {
        R result = unitOfWork.write(urgency, tx -> {
            R done = work.apply(tx);
            points.pass(name + ".before-commit");
            return done;
        });
        points.pass(name + ".after-commit");
        return result;
    }

    @Override
    public <R> R read(Function<Tx, R> work) {
        return unitOfWork.read(work);
    }
}
