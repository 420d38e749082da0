package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.SubscriptionHook;
import org.tocsin.subscriber.hook.SubscriptionHooks;

/** The program that follows subscribers, over REST. Its secret is shown once, where it was made here. */
final class SubscriptionHookApi {
    private final SubscriptionHooks hooks;
    private final Views views;
    private final Json json;

    SubscriptionHookApi(SignUpParts parts, Views views, Json json) {
        this.hooks = parts.hooks();
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/sign-up/webhook", Scope.ADMIN, this::show),
                Endpoint.put("/api/v1/sign-up/webhook", Scope.ADMIN, this::save),
                Endpoint.delete("/api/v1/sign-up/webhook", Scope.ADMIN, this::remove),
                Endpoint.post("/api/v1/sign-up/webhook/test", Scope.ADMIN, this::test));
    }

    private Response show(Request request) {
        ObjectNode node = hooks.find(request.actor())
                .map(seen -> view(request, seen))
                .orElseGet(() -> json.object()
                        .put("set", false)
                        .put("withAddress", false)
                        .put("version", 0));
        return Response.json(200, json.write(node)).with("Cache-Control", "no-store");
    }

    private ObjectNode view(Request request, SubscriptionHooks.Seen seen) {
        SubscriptionHook hook = seen.hook();
        ObjectNode node = json.object();
        node.put("set", true);
        node.put("url", hook.url());
        node.put("withAddress", hook.withAddress());
        node.put("waiting", seen.waiting());
        Json.put(node, "workedAt", hook.workedAt());
        Json.put(node, "failingAt", hook.failingAt());
        Message failure = hook.failure();
        node.put("failure", failure == null ? null : views.text(failure, request.locale()));
        node.put("version", hook.version());
        if (seen.fresh() != null) {
            node.put("secret", seen.fresh().reveal());
        }
        return node;
    }

    /**
     * What is wanted; null leaves it as it is.
     *
     * @param version 0 where there was none
     */
    record HookBody(
            @Nullable String url,
            @Nullable String secret,
            @Nullable Boolean withAddress,
            @Nullable Long version) {}

    private Response save(Request request) {
        HookBody body = json.read(request, HookBody.class);
        if (body.version() == null) {
            throw FaultException.invalid("/version", Message.of("web.version.missing"));
        }
        return Response.json(
                        200,
                        json.write(view(
                                request,
                                hooks.save(
                                        request.actor(),
                                        body.url() == null ? null : body.url().strip(),
                                        body.secret() == null
                                                ? null
                                                : body.secret().strip(),
                                        body.withAddress(),
                                        body.version()))))
                .with("Cache-Control", "no-store");
    }

    private Response remove(Request request) {
        hooks.remove(request.actor());
        return Response.json(200, "{}");
    }

    private Response test(Request request) {
        Optional<Message> failure = hooks.test(request.actor());
        ObjectNode node = json.object();
        node.put("taken", failure.isEmpty());
        node.put(
                "failure", failure.map(why -> views.text(why, request.locale())).orElse(null));
        return Response.json(200, json.write(node));
    }
}
