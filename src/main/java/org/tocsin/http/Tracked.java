package org.tocsin.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * A client for one use of a library, which tells afterwards whether bytes of a request may have left through it. Make one for each
 * operation; it shares its connections with all others and costs nothing.
 */
public final class Tracked {
    private final Flight flight;
    private final AtomicReference<String> host;
    private final OkHttpClient client;

    Tracked(OkHttpClient guarded) {
        this.flight = new Flight();
        this.host = new AtomicReference<>("");
        this.client = guarded.newBuilder()
                .addInterceptor(this::onCall)
                .addNetworkInterceptor(this::onWire)
                .build();
    }

    /** @return what to hand to the library */
    public OkHttpClient client() {
        return client;
    }

    /** @return whether bytes of a request may have left by now */
    public boolean bytesMayHaveLeft() {
        return flight.gone();
    }

    /**
     * Ends the use: a request that has not left by now never will.
     *
     * @param thrown what the library threw, at any depth of causes
     * @return {@code NoAnswer} where bytes may have left, else {@code NotSent}
     */
    public HttpResult failed(Throwable thrown) {
        return Failures.result(host.get(), thrown, !flight.stop());
    }

    private Response onCall(Interceptor.Chain chain) throws IOException {
        host.set(chain.request().url().host());
        return chain.proceed(chain.request());
    }

    private Response onWire(Interceptor.Chain chain) throws IOException {
        if (!flight.depart() && !flight.gone()) {
            throw new IOException("the use of this client has ended");
        }
        return chain.proceed(chain.request());
    }
}
