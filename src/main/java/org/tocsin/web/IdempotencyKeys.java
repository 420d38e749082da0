package org.tocsin.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.publishing.RequestKeys;

/** The {@code Idempotency-Key} of our own API: the same key with the same request gets the first answer, whatever happened between. */
final class IdempotencyKeys {
    private static final String POSTS = "/api/v1/posts";
    private static final Pattern POST = Pattern.compile("\\{\"id\":\"([0-9a-f-]{36})\"");

    private final UnitOfWork unitOfWork;
    private final RequestKeys keys;
    private final Clock clock;
    private final Set<String> inFlight;

    IdempotencyKeys(UnitOfWork unitOfWork, RequestKeys keys, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.keys = keys;
        this.clock = clock;
        this.inFlight = ConcurrentHashMap.newKeySet();
    }

    /**
     * Runs a request that carries a key at most once at a time, and answers a repeat with what was stored.
     *
     * @param work stores its answer itself where that belongs to its transaction; else it is stored afterwards
     */
    Response once(Request request, Supplier<Response> work) {
        Optional<String> key = key(request);
        if (key.isEmpty()) {
            return work.get();
        }
        String lock = request.actor().id() + "|" + key.get();
        if (!inFlight.add(lock)) {
            throw FaultException.conflict(Message.of("web.key.in-flight"));
        }
        try {
            Optional<Response> earlier = unitOfWork.read(tx -> stored(tx, request, key.get()));
            if (earlier.isPresent()) {
                return earlier.get();
            }
            Response response = work.get();
            unitOfWork.write(Urgency.REQUEST, tx -> {
                if (keys.find(tx, request.actor().id(), key.get()).isEmpty()) {
                    store(tx, request, response, clock.instant());
                }
                return response;
            });
            return response;
        } finally {
            inFlight.remove(lock);
        }
    }

    /** Refuses, inside a transaction, a key that was stored meanwhile. */
    void check(Tx tx, Request request) {
        Optional<String> key = key(request);
        if (key.isPresent() && keys.find(tx, request.actor().id(), key.get()).isPresent()) {
            throw FaultException.conflict(Message.of("web.key.in-flight"));
        }
    }

    /** Stores the answer in the transaction that did what was asked. */
    void store(Tx tx, Request request, Response response, Instant now) {
        key(request)
                .ifPresent(key -> keys.store(
                        tx,
                        request.actor().id(),
                        key,
                        new RequestKeys.Stored(
                                what(request),
                                bodyHash(request),
                                response.status(),
                                new String(response.bytes(), StandardCharsets.UTF_8)),
                        now));
    }

    /** The id of a person in a path would outlive his erasure: of such a path a hash is kept. */
    private static String what(Request request) {
        String asked = request.method() + " " + request.path();
        return request.path().startsWith("/api/v1/subscribers/") ? "subscribers " + sha256(asked) : asked;
    }

    private Optional<Response> stored(Tx tx, Request request, String key) {
        return keys.find(tx, request.actor().id(), key).map(found -> {
            boolean same =
                    found.request().equals(what(request)) && found.bodyHash().equals(bodyHash(request));
            if (!same) {
                throw new FaultException(Kind.KEY_REUSED, Fault.at("", Message.of("web.key.reused")));
            }
            Response again = Response.json(found.status(), found.response()).with("Idempotent-Replay", "true");
            Matcher post = POST.matcher(found.response());
            // Where it is was told the first time, and is told again.
            return found.status() == 201 && request.path().startsWith(POSTS) && post.lookingAt()
                    ? again.with("Location", POSTS + "/" + post.group(1))
                    : again;
        });
    }

    private static Optional<String> key(Request request) {
        Optional<String> key = request.header("idempotency-key");
        key.filter(value -> !value.matches("[\\x21-\\x7e]{1,255}")).ifPresent(value -> {
            throw new FaultException(Kind.MALFORMED, Fault.at("", Message.of("web.key.form")));
        });
        return key;
    }

    private static String bodyHash(Request request) {
        try (InputStream in = request.body().open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
