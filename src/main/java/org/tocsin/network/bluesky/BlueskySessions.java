package org.tocsin.network.bluesky;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.Reason;
import org.tocsin.network.ServerAddress;
import org.tocsin.network.SessionStore;

/**
 * Sends requests inside a session. A session is kept, because servers allow few sign-ins (30 in five minutes, 300 a day); it is
 * renewed by one thread at a time, and with the password only where its own token does not do any more.
 */
final class BlueskySessions {
    static final String BASE_URL = "baseUrl";
    static final String HANDLE = "handle";
    /** The account, made when the channel is connected. */
    static final String DID = "did";

    static final String PASSWORD = "appPassword";
    /** The door to all accounts that Bluesky itself hosts; which server keeps one is told when a session begins. */
    static final String BLUESKY = "https://bsky.social";

    private final HttpClient http;
    private final SessionStore store;
    private final BlueskyAnswers answers;

    BlueskySessions(HttpClient http, SessionStore store, BlueskyAnswers answers) {
        this.http = http;
        this.store = store;
        this.answers = answers;
    }

    /** What came of a request. */
    sealed interface Reply {}

    /** It was sent, in that session. */
    record Sent(HttpResult result, BlueskySession session) implements Reply {}

    /** It was not sent: there is no session. */
    record NotSent(NoEffect outcome) implements Reply {}

    /** What came of asking for a session. */
    sealed interface Door {}

    /** There is one; whether the server still takes it, the next request shows. */
    record Open(BlueskySession session) implements Door {}

    /** There is none. */
    record Refused(NoEffect outcome) implements Door {}

    static List<Fault> faults(Channel channel) {
        List<Fault> faults = new ArrayList<>();
        String address = channel.setting(BASE_URL).orElse(BLUESKY);
        if (ServerAddress.read(address).isEmpty()) {
            faults.add(Fault.at("/settings/" + BASE_URL, Message.of("network.address.malformed", "value", address)));
        }
        if (channel.setting(HANDLE).isEmpty()) {
            faults.add(Fault.at("/settings/" + HANDLE, Message.of("network.setting.missing", "name", HANDLE)));
        }
        if (channel.secret(PASSWORD).isEmpty()) {
            faults.add(Fault.at("/secrets/" + PASSWORD, Message.of("network.secret.missing", "name", PASSWORD)));
        }
        return faults;
    }

    /** @return the channel's session, opened where there was none */
    Door open(Channel channel) {
        AtomicReference<NoEffect> failure = new AtomicReference<>();
        return current(channel, failure).<Door>map(Open::new).orElseGet(() -> new Refused(failure.get()));
    }

    /** Sends a request; where the session turns out to be over, once more in a new one: the first was refused, so it had no effect. */
    Reply send(Channel channel, Function<BlueskySession, HttpRequest> request) {
        AtomicReference<NoEffect> failure = new AtomicReference<>();
        Optional<BlueskySession> session = current(channel, failure);
        if (session.isEmpty()) {
            return new NotSent(failure.get());
        }
        HttpResult result = http.send(request.apply(session.get()));
        if (!BlueskyAnswers.isStale(result)) {
            return new Sent(result, session.get());
        }
        Optional<BlueskySession> renewed = renewed(channel, session.get(), failure);
        if (renewed.isEmpty()) {
            return new NotSent(failure.get());
        }
        return new Sent(http.send(request.apply(renewed.get())), renewed.get());
    }

    /** @return the session of the channel, a new one if there is none yet */
    private Optional<BlueskySession> current(Channel channel, AtomicReference<NoEffect> failure) {
        Optional<Fault> fault = faults(channel).stream().findFirst();
        if (fault.isPresent()) {
            failure.set(new PublishResult.Unauthorized(new Reason(fault.get().message(), null, "")));
            return Optional.empty();
        }
        Optional<BlueskySession> stored = store.load(channel).flatMap(BlueskySession::stored);
        if (stored.isPresent()) {
            return expected(channel, stored.get(), failure);
        }
        failure.set(new PublishResult.Unreachable(Reason.of("bluesky.session.lost")));
        return store.renew(channel, store.load(channel), () -> created(channel, failure))
                .flatMap(BlueskySession::stored)
                .flatMap(session -> expected(channel, session, failure));
    }

    private Optional<BlueskySession> renewed(Channel channel, BlueskySession stale, AtomicReference<NoEffect> failure) {
        failure.set(new PublishResult.Unreachable(Reason.of("bluesky.session.lost")));
        return store.renew(channel, Optional.of(stale.text()), () -> refreshed(channel, stale, failure))
                .flatMap(BlueskySession::stored)
                .flatMap(session -> expected(channel, session, failure));
    }

    private Optional<String> refreshed(Channel channel, BlueskySession stale, AtomicReference<NoEffect> failure) {
        HttpResult result = http.send(BlueskyApi.refreshSession(stale));
        if (result instanceof Answer answer && answer.ok()) {
            Optional<BlueskySession> fresh = BlueskySession.answered(Json.read(answer), stale.pds())
                    .filter(session -> session.did().equals(stale.did()));
            if (fresh.isPresent()) {
                return fresh.map(BlueskySession::text);
            }
        }
        boolean refused = result instanceof Answer answer && (answer.status() == 400 || answer.status() == 401);
        if (refused) {
            return created(channel, failure);
        }
        failure.set(answers.harmless(channel, result));
        return Optional.empty();
    }

    private Optional<String> created(Channel channel, AtomicReference<NoEffect> failure) {
        String server = server(channel);
        HttpResult result = http.send(BlueskyApi.createSession(
                server,
                channel.setting(HANDLE).orElseThrow(),
                channel.secret(PASSWORD).orElseThrow().reveal()));
        Optional<BlueskySession> session = result instanceof Answer answer && answer.ok()
                ? BlueskySession.answered(Json.read(answer), server)
                : Optional.empty();
        if (session.isEmpty()) {
            failure.set(answers.harmless(channel, result));
        } else if (session.get().ofMainPassword()) {
            failure.set(new PublishResult.Unauthorized(Reason.of("bluesky.password.main")));
            return Optional.empty();
        }
        return session.map(BlueskySession::text);
    }

    /** Nothing is sent in the name of another account than the one that was connected. */
    private static Optional<BlueskySession> expected(
            Channel channel, BlueskySession session, AtomicReference<NoEffect> failure) {
        if (channel.setting(DID).filter(did -> !did.equals(session.did())).isPresent()) {
            failure.set(new PublishResult.Unauthorized(Reason.of("bluesky.account.other", "handle", session.handle())));
            return Optional.empty();
        }
        return Optional.of(session);
    }

    static String server(Channel channel) {
        return ServerAddress.read(channel.setting(BASE_URL).orElse(BLUESKY)).orElse(BLUESKY);
    }
}
