package org.tocsin.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/**
 * What may stand behind the question mark of an address of the API: what its description names. A mistyped filter would otherwise be
 * passed over, and show everything to someone who asked for what needs him.
 */
final class QueryParameters {
    private static final String API = "/api/v1/";

    /** By method and path as an endpoint has them. */
    private final Map<String, Set<String>> known;

    private QueryParameters(Map<String, Set<String>> known) {
        this.known = known;
    }

    static QueryParameters described() {
        try (InputStream in = OpenApi.open()) {
            JsonNode api = new ObjectMapper().readTree(in);
            Map<String, Set<String>> known = new HashMap<>();
            api.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(method -> {
                        Set<String> names = new TreeSet<>();
                        for (JsonNode parameter : method.getValue().path("parameters")) {
                            JsonNode meant = parameter.has("$ref")
                                    ? api.at(parameter.path("$ref").asText().substring(1))
                                    : parameter;
                            if (meant.path("in").asText().equals("query")) {
                                names.add(meant.path("name").asText());
                            }
                        }
                        known.put(key(method.getKey(), path.getKey()), names);
                    }));
            return new QueryParameters(known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{([A-Za-z]+)}", ":$1");
    }

    /** @throws FaultException INVALID for the first that the endpoint does not know */
    void check(Endpoint endpoint, Request request) {
        if (!endpoint.path().startsWith(API)) {
            return;
        }
        Set<String> names = known.getOrDefault(endpoint.method() + " " + endpoint.path(), Set.of());
        List<Fault> faults = request.query().keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .map(name -> Fault.at(
                        "/" + name,
                        names.isEmpty()
                                ? Message.of("web.query.none", "name", name)
                                : Message.of("web.query.unknown", "name", name, "known", String.join(", ", names))))
                .toList();
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
    }
}
