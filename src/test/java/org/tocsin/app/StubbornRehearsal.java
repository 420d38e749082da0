package org.tocsin.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.Network;

/** Makes of the rehearsal a network that answers deletions as it is told to, and then as it does by itself. */
final class StubbornRehearsal implements UnaryOperator<Network> {
    private final Deque<DeleteResult> answers = new ConcurrentLinkedDeque<>();

    /** The next deletions are answered so, and have no effect. */
    void deletes(DeleteResult... next) {
        answers.addAll(List.of(next));
    }

    @Override
    public Network apply(Network real) {
        return real.id().equals("rehearsal") ? stubborn(real) : real;
    }

    private Network stubborn(Network real) {
        return (Network) Proxy.newProxyInstance(
                Network.class.getClassLoader(), new Class<?>[] {Network.class}, (self, method, arguments) -> {
                    @Nullable DeleteResult answer = method.getName().equals("delete") ? answers.poll() : null;
                    if (answer != null) {
                        return answer;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
