package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.tocsin.network.Json;
import org.tocsin.network.ServerAddress;

/**
 * A session on an account's server.
 *
 * @param did     the account
 * @param handle  its name
 * @param pds     the origin of the server that keeps its posts
 * @param access  the token for requests, good for some hours
 * @param refresh the token for a new pair
 */
record BlueskySession(String did, String handle, String pds, String access, String refresh) {
    /** What an access token of the main password may do: everything. */
    private static final String FULL_ACCESS = "com.atproto.access";

    /** @return the session of a stored text */
    static Optional<BlueskySession> stored(String text) {
        JsonNode json = Json.read(text);
        return Json.text(json, "pds").flatMap(pds -> read(json, pds));
    }

    /** @return the session in the answer of createSession or refreshSession; empty where something is missing */
    static Optional<BlueskySession> answered(JsonNode json, String fallback) {
        return read(json, endpoint(json.path("didDoc")).orElse(fallback));
    }

    private static Optional<BlueskySession> read(JsonNode json, String pds) {
        Optional<String> did = Json.text(json, "did").filter(PostRef::isDid);
        Optional<String> access = Json.text(json, "accessJwt");
        Optional<String> refresh = Json.text(json, "refreshJwt");
        if (did.isEmpty() || access.isEmpty() || refresh.isEmpty()) {
            return Optional.empty();
        }
        String handle = Json.text(json, "handle").orElse(did.get());
        return Optional.of(new BlueskySession(did.get(), handle, pds, access.get(), refresh.get()));
    }

    private static Optional<String> endpoint(JsonNode didDoc) {
        for (JsonNode service : didDoc.path("service")) {
            if (service.path("id").asText().endsWith("#atproto_pds")) {
                return Json.text(service, "serviceEndpoint").flatMap(ServerAddress::read);
            }
        }
        return Optional.empty();
    }

    /** @return the text to be stored */
    String text() {
        return Json.object()
                .put("did", did)
                .put("handle", handle)
                .put("pds", pds)
                .put("accessJwt", access)
                .put("refreshJwt", refresh)
                .toString();
    }

    /** @return whether it was opened with the account's main password, by the scope in its token */
    boolean ofMainPassword() {
        String[] parts = access.split("\\.");
        if (parts.length != 3) {
            return false;
        }
        try {
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return Json.read(claims).path("scope").asText().equals(FULL_ACCESS);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Without its tokens. */
    @Override
    public String toString() {
        return "BlueskySession[" + did + "]";
    }
}
