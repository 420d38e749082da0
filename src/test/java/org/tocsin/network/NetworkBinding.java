package org.tocsin.network;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.http.OutboundHttp;

/** What the kit needs to know of one adapter and of the server it is tested against. Made anew for each test. */
public interface NetworkBinding extends AutoCloseable {
    /** The server; the same one until this binding is closed. */
    FakeServer server();

    /** A new instance of the adapter, as after a restart of the daemon; what a daemon keeps (sessions) is kept by the binding. */
    Network open(OutboundHttp http, Clock clock);

    /** A channel that works against {@link #server()}. */
    Channel channel();

    /** The account's name, as {@link Network#check} tells it. */
    String account();

    /** What the adapter promises for the channel. */
    Guarantee.Kind guarantee();

    /** What this network or this server does not have, and why; the tests of it are skipped with that reason. */
    Map<Ability, String> lacks();

    /** What the adapter counts for each text of {@link TextVectors#all()}, by name; every one must be there. */
    Map<String, Integer> lengths();

    /** A settings key that holds the server's address. */
    default String addressSetting() {
        return "baseUrl";
    }

    /** A refusal with that status, in the network's own form. */
    default Behaviour.Answer refusal(int status, String detail) {
        return Behaviour.answer(status, "{\"error\":\"" + detail + "\"}");
    }

    /** What a create request that is answered with that status and in the network's own form comes to. */
    default Class<? extends PublishResult> outcome(int status) {
        return switch (status) {
            case 401, 403 -> PublishResult.Unauthorized.class;
            case 408, 425 -> PublishResult.Unknown.class;
            case 429 -> PublishResult.Throttled.class;
            default -> status >= 500 ? PublishResult.Unknown.class : PublishResult.Refused.class;
        };
    }

    /** Ways to be told to wait two minutes (or, where {@code delay} is null, for a time that is not told). */
    default List<Throttle> throttles(Instant now) {
        Behaviour.Answer plain = refusal(429, "too many");
        String date = DateTimeFormatter.RFC_1123_DATE_TIME
                .withLocale(Locale.ENGLISH)
                .format(now.plus(Throttle.TWO_MINUTES).atOffset(ZoneOffset.UTC));
        return List.of(
                new Throttle("in seconds", plain.with("Retry-After", "120"), Throttle.TWO_MINUTES),
                new Throttle("by a date", plain.with("Retry-After", date), Throttle.TWO_MINUTES),
                new Throttle("not at all", plain, null),
                new Throttle("in nonsense", plain.with("Retry-After", "soon"), null));
    }

    /** Answers with status 200 (or 201) that name no post; the kit adds pages, emptiness and halves. */
    default List<Behaviour.Answer> unreadable() {
        return List.of();
    }

    /** A throttling answer and how long it asks to wait. */
    record Throttle(
            String name, Behaviour.Answer answer, @Nullable Duration delay) {
        static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    }

    /** What not every network has. */
    enum Ability {
        /** A key in the request that makes a repeat harmless. */
        KEY,
        /** A way to look whether a post is there. */
        PROBE,
        /** A listing that can lag, show posts of others and of earlier days; keyed look-ups have none of these. */
        LISTING,
        IMAGES,
        ALT,
        THREAD,
        /** {@link Network#check} tells the account's name. */
        ACCOUNT,
        /** What is out can be given other words. */
        EDIT,
        /** Answers to look-ups can be scripted. */
        SCRIPTED_READS
    }

    @Override
    void close() throws IOException;
}
