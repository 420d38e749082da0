package org.tocsin.network.bluesky;

import java.util.Optional;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult.NoEffect;

/** Finds the account of a handle. */
final class Handles {
    private final BlueskySessions sessions;
    private final BlueskyAnswers answers;

    Handles(BlueskySessions sessions, BlueskyAnswers answers) {
        this.sessions = sessions;
        this.answers = answers;
    }

    /** What came of asking. */
    sealed interface Resolution {}

    /** It is that account's. */
    record Resolved(String did) implements Resolution {}

    /** The server says that nobody has it. */
    record Nobody() implements Resolution {}

    /** It cannot be told now. */
    record Failed(NoEffect outcome) implements Resolution {}

    Resolution resolve(Channel channel, String handle) {
        return switch (sessions.send(channel, session -> BlueskyApi.resolveHandle(session, handle))) {
            case BlueskySessions.NotSent(NoEffect outcome) -> new Failed(outcome);
            case BlueskySessions.Sent(HttpResult result, BlueskySession _) ->
                read(result).orElseGet(() -> new Failed(answers.harmless(channel, result)));
        };
    }

    /** @return what a server answers to who asks for the account of a handle; empty where that is no answer */
    static Optional<Resolution> read(HttpResult result) {
        if (!(result instanceof Answer answer)) {
            return Optional.empty();
        }
        if (answer.ok()) {
            return Optional.of(Json.text(Json.read(answer), "did")
                    .filter(PostRef::isDid)
                    .<Resolution>map(Resolved::new)
                    .orElseGet(Nobody::new));
        }
        return answer.status() == 400 || answer.status() == 404 ? Optional.of(new Nobody()) : Optional.empty();
    }
}
