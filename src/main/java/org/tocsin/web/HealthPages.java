package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tocsin.people.Scope;

/** Whether the daemon lives, and whether it is ready. Strangers are told no more than that; an administrator may ask for a diagnosis. */
final class HealthPages {
    private final Supplier<Map<String, Boolean>> checks;
    private final Diagnosis diagnosis;
    private final Views views;
    private final Json json;

    /** @param checks by name: whether each part works */
    HealthPages(Supplier<Map<String, Boolean>> checks, Diagnosis diagnosis, Views views, Json json) {
        this.checks = checks;
        this.diagnosis = diagnosis;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/health/live", null, request -> Response.json(200, "{\"status\":\"UP\"}")),
                Endpoint.get("/health/ready", null, request -> answer(false)),
                Endpoint.get("/api/v1/health", Scope.READ, request -> answer(true)),
                Endpoint.get("/api/v1/doctor", Scope.ADMIN, this::doctor));
    }

    /** @param whole with the channels, whose names are not for strangers */
    private Response answer(boolean whole) {
        Map<String, Boolean> results = checks.get();
        boolean up = results.entrySet().stream()
                .allMatch(check -> check.getValue() || check.getKey().startsWith("channel:"));
        ObjectNode node = json.object();
        node.put("status", up ? "UP" : "DOWN");
        ObjectNode parts = node.putObject("checks");
        results.forEach((name, good) -> {
            if (whole || !name.startsWith("channel:")) {
                parts.put(name, good ? "UP" : "DOWN");
            }
        });
        return Response.json(up ? 200 : 503, json.write(node)).with("Cache-Control", "no-store");
    }

    private Response doctor(Request request) {
        ObjectNode node = json.object();
        ArrayNode findings = node.putArray("findings");
        for (Diagnosis.Finding finding : diagnosis.look()) {
            findings.addObject()
                    .put("good", finding.good())
                    .put("code", finding.message().code())
                    .put("message", views.text(finding.message(), request.locale()));
        }
        return Response.json(200, json.write(node));
    }
}
