package org.tocsin.web;

import java.util.List;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;

/** What is committed, as it is. */
final class LiveApi {
    private final LiveStreams streams;
    private final Tokens tokens;
    private final Messages messages;

    LiveApi(LiveStreams streams, Tokens tokens, Messages messages) {
        this.streams = streams;
        this.tokens = tokens;
        this.messages = messages;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/live", Scope.READ, this::open));
    }

    private Response open(Request request) {
        Actor actor = request.actor();
        String token = request.header("authorization")
                .orElse("")
                .substring("Bearer ".length())
                .strip();
        return streams.response(
                request,
                actor.id(),
                actor.branch(),
                () -> tokens.actor(token)
                        .filter(now -> now.scopes().contains(Scope.READ))
                        .isPresent(),
                messages.text(Message.of("web.live.full"), request.locale()));
    }
}
