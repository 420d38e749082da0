package org.tocsin.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.RemoteRef;

/** Makes of the rehearsal a network that guarantees nothing and whose first answer is lost: a person has to look. */
final class MuteRehearsal implements UnaryOperator<Network> {
    /** Whose links it knows for its own. */
    static final String HOST = "rehearsal.example";

    private final int lost;
    private final AtomicInteger sent = new AtomicInteger();

    MuteRehearsal() {
        this(1);
    }

    /** @param lost of how many the answer is lost */
    MuteRehearsal(int lost) {
        this.lost = lost;
    }

    /** @return how often something was to be published there */
    int sent() {
        return sent.get();
    }

    @Override
    public Network apply(Network real) {
        return real.id().equals("rehearsal") ? mute(real) : real;
    }

    private Network mute(Network real) {
        return (Network) Proxy.newProxyInstance(
                Network.class.getClassLoader(), new Class<?>[] {Network.class}, (self, method, arguments) -> {
                    if (method.getName().equals("guarantee")) {
                        return Guarantee.of(Guarantee.Kind.NONE);
                    }
                    if (method.getName().equals("publish") && sent.getAndIncrement() < lost) {
                        return new PublishResult.Unknown(Reason.of("network.no-answer", "detail", "coupé"));
                    }
                    if (Set.of("reference", "own").contains(method.getName())
                            && HOST.equals(((URI) arguments[1]).getHost())) {
                        return Optional.of(new RemoteRef("found", arguments[1].toString(), Map.of()));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
