package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Secret;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.people.Users;

/** People over REST: what an administrator at a terminal needs when nobody can sign in. */
final class PeopleApi {
    private final Users users;
    private final Optional<URI> publicUrl;
    private final Json json;

    PeopleApi(Users users, Optional<URI> publicUrl, Json json) {
        this.users = users;
        this.publicUrl = publicUrl;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/setup-link", Scope.ADMIN, this::setupLink),
                Endpoint.get("/api/v1/users", Scope.ADMIN, this::list),
                Endpoint.post("/api/v1/users/:id/reset-link", Scope.ADMIN, this::resetLink),
                Endpoint.delete("/api/v1/users/:id/second-factor", Scope.ADMIN, this::removeSecondFactor));
    }

    // A link is shown once: a repeat of the request makes another and ends the first, so no key is stored for it.
    private Response setupLink(Request request) {
        return link("/desk/setup?token=", users.setupLink(request.actor()));
    }

    private Response resetLink(Request request) {
        return link(
                "/desk/password?token=",
                users.resetLink(request.actor(), request.param("id")).token());
    }

    private Response removeSecondFactor(Request request) {
        users.removeSecondFactor(request.actor(), request.param("id"));
        return Response.empty(204);
    }

    /** Its whole address only where the public one is known: what a client says of the host is not believed. */
    private Response link(String path, Secret token) {
        ObjectNode node = json.object();
        node.put("path", path + token.reveal());
        node.put(
                "url",
                publicUrl
                        .map(base -> base.toString().replaceAll("/+$", "") + path + token.reveal())
                        .orElse(null));
        return Response.json(201, json.write(node)).with("Cache-Control", "no-store");
    }

    private Response list(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        for (User user : users.all(request.actor())) {
            ObjectNode item = items.addObject();
            item.put("id", user.id());
            item.put("login", user.login());
            item.put("name", user.name());
            item.put("role", user.role().name());
            item.put("enabled", user.enabled());
            item.put("secondFactor", user.totp().required());
            Json.put(item, "createdAt", user.createdAt());
            Json.put(item, "disabledAt", user.disabledAt());
        }
        node.putNull("next");
        return Response.json(200, json.write(node));
    }
}
