package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Whether the daemon lives, and whether it is ready. Strangers are told no more than that. */
final class HealthPages {
    private final Supplier<Map<String, Boolean>> checks;
    private final Json json;

    /** @param checks by name: whether each part works */
    HealthPages(Supplier<Map<String, Boolean>> checks, Json json) {
        this.checks = checks;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/health/live", null, request -> Response.json(200, "{\"status\":\"UP\"}")),
                Endpoint.get("/health/ready", null, this::ready));
    }

    private Response ready(Request request) {
        Map<String, Boolean> results = checks.get();
        boolean up = results.values().stream().allMatch(Boolean::booleanValue);
        ObjectNode node = json.object();
        node.put("status", up ? "UP" : "DOWN");
        ObjectNode parts = node.putObject("checks");
        results.forEach((name, good) -> parts.put(name, good ? "UP" : "DOWN"));
        return Response.json(up ? 200 : 503, json.write(node));
    }
}
