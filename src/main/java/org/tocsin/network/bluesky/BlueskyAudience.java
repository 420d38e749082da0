package org.tocsin.network.bluesky;

import java.time.Clock;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.CountResult;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.SessionStore;

/** The followers of an account, in its profile (docs.bsky.app, app.bsky.actor.getProfile). */
public final class BlueskyAudience implements AudienceSource {
    private final BlueskyAnswers answers;
    private final BlueskySessions sessions;

    /**
     * @param http  the one way out
     * @param store keeps sessions, shared with whoever publishes
     * @param clock for what servers say about waiting
     */
    public BlueskyAudience(HttpClient http, SessionStore store, Clock clock) {
        this.answers = new BlueskyAnswers(clock);
        this.sessions = new BlueskySessions(http, store, answers);
    }

    @Override
    public String network() {
        return "bluesky";
    }

    @Override
    public CountResult count(Channel channel) {
        return switch (sessions.send(channel, BlueskyApi::getProfile)) {
            case BlueskySessions.NotSent(NoEffect outcome) -> new CountResult.NotCounted(outcome);
            case BlueskySessions.Sent(HttpResult result, BlueskySession session) -> read(channel, result, session);
        };
    }

    private CountResult read(Channel channel, HttpResult result, BlueskySession session) {
        return (result instanceof Answer answer && answer.ok() ? Json.read(answer) : Json.read(""))
                        .path("did")
                        .asText()
                        .equals(session.did())
                ? counted(channel, (Answer) result)
                : new CountResult.NotCounted(answers.harmless(channel, result));
    }

    private CountResult counted(Channel channel, Answer answer) {
        return CountResult.read(Json.read(answer).path("followersCount"))
                .orElseGet(() -> new CountResult.NotCounted(answers.harmless(channel, answer)));
    }
}
