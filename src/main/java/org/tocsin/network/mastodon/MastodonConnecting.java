package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.Connecting;
import org.tocsin.network.Json;
import org.tocsin.network.ServerAddress;

/**
 * Connects an account: the server is named, Tocsin registers itself there, the person opens a link, allows it and pastes the code
 * (docs.joinmastodon.org/client/authorized, out-of-band redirect).
 */
public final class MastodonConnecting implements Connecting {
    private static final String SERVER = "server";
    private static final String CODE = "code";
    private static final String REDIRECT = "urn:ietf:wg:oauth:2.0:oob";
    private static final String SCOPES =
            "read:accounts read:notifications read:search read:statuses write:media write:statuses";

    private final HttpClient http;
    private final MastodonAnswers answers;
    private final Clock clock;

    /**
     * @param http  the one way out
     * @param clock for what servers say about waiting, and until when a token lasts
     */
    public MastodonConnecting(HttpClient http, Clock clock) {
        this.http = http;
        this.answers = new MastodonAnswers(clock);
        this.clock = clock;
    }

    @Override
    public String network() {
        return "mastodon";
    }

    @Override
    public Ask begin() {
        return askServer("", List.of());
    }

    @Override
    public Progress next(Map<String, Secret> state, String step, Map<String, Secret> given) {
        return step.equals(CODE) && state.containsKey("clientSecret")
                ? code(state, typed(given, CODE))
                : server(typed(given, SERVER));
    }

    private static Ask askServer(String typed, List<Fault> faults) {
        Field field = new Field(SERVER, Message.of("mastodon.connect.server"), false, typed);
        return new Ask(SERVER, Message.of("mastodon.connect.server.help"), null, List.of(field), faults, Map.of());
    }

    private static Ask askCode(Map<String, Secret> state, List<Fault> faults) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", reveal(state, "clientId"));
        query.put("redirect_uri", REDIRECT);
        query.put("scope", SCOPES);
        URI link = URI.create(reveal(state, MastodonApi.BASE_URL) + "/oauth/authorize?" + form(query));
        Field field = new Field(CODE, Message.of("mastodon.connect.code"), true, "");
        return new Ask(CODE, Message.of("mastodon.connect.code.help"), link, List.of(field), faults, state);
    }

    private Progress server(String typed) {
        Optional<String> origin = ServerAddress.read(typed);
        if (origin.isEmpty()) {
            return askServer(typed, fault(SERVER, Message.of("network.address.malformed", "value", typed)));
        }
        Map<String, String> application = new LinkedHashMap<>();
        application.put("client_name", "Tocsin");
        application.put("redirect_uris", REDIRECT);
        application.put("scopes", SCOPES);
        HttpResult result = post(origin.get() + "/api/v1/apps", application);
        JsonNode app = result instanceof Answer answer ? Json.read(answer) : Json.object();
        Optional<String> id = Json.text(app, "client_id");
        Optional<String> secret = Json.text(app, "client_secret");
        if (id.isEmpty() || secret.isEmpty()) {
            return askServer(typed, fault(SERVER, whyNot(result, "mastodon.connect.server.other", origin.get())));
        }
        return askCode(
                Map.of(
                        MastodonApi.BASE_URL,
                        Secret.of(origin.get()),
                        "clientId",
                        Secret.of(id.get()),
                        "clientSecret",
                        Secret.of(secret.get())),
                List.of());
    }

    private Progress code(Map<String, Secret> state, String code) {
        String server = reveal(state, MastodonApi.BASE_URL);
        Map<String, String> exchange = new LinkedHashMap<>();
        exchange.put("grant_type", "authorization_code");
        exchange.put("code", code);
        exchange.put("client_id", reveal(state, "clientId"));
        exchange.put("client_secret", reveal(state, "clientSecret"));
        exchange.put("redirect_uri", REDIRECT);
        exchange.put("scope", SCOPES);
        HttpResult result = code.isEmpty() ? null : post(server + "/oauth/token", exchange);
        Optional<String> token = result instanceof Answer answer && answer.ok()
                ? Json.text(Json.read(answer), "access_token")
                : Optional.empty();
        if (token.isEmpty()) {
            return askCode(state, fault(CODE, whyNot(result, "mastodon.connect.code.refused", server)));
        }
        HttpResult me = http.send(HttpRequest.get(URI.create(server + "/api/v1/accounts/verify_credentials"))
                .bearer(token.get()));
        JsonNode account = me instanceof Answer answer && answer.ok() ? Json.read(answer) : Json.object();
        Optional<String> id = MastodonAnswers.id(account);
        if (id.isEmpty()) {
            return askCode(state, fault(CODE, whyNot(me, "mastodon.connect.account.unreadable", server)));
        }
        Map<String, String> settings =
                new LinkedHashMap<>(Map.of(MastodonApi.BASE_URL, server, MastodonApi.ACCOUNT_ID, id.get()));
        // Empty where it lasts: the end of an earlier token is not that of this one.
        settings.put(
                Channel.EXPIRES_SETTING, expiry(result).map(Instant::toString).orElse(""));
        return new Connected(
                MastodonAccounts.name(account, server), settings, Map.of(MastodonApi.TOKEN, Secret.of(token.get())));
    }

    /** Mastodon's tokens last; Pleroma's and Akkoma's end after {@code expires_in} seconds (RFC 6749, 5.1). */
    private Optional<Instant> expiry(@Nullable HttpResult result) {
        JsonNode seconds = result instanceof Answer answer ? Json.read(answer).path("expires_in") : Json.object();
        return seconds.canConvertToInt() && seconds.asInt() > 0
                ? Optional.of(clock.instant().plusSeconds(seconds.asInt()))
                : Optional.empty();
    }

    /** Where the server was not reached or is out of order, that is the reason; else what the step makes of a refusal. */
    private Message whyNot(@Nullable HttpResult result, String refused, String server) {
        boolean parsed = result == null || (result instanceof Answer answer && answer.status() < 429);
        return parsed ? Message.of(refused, "server", server) : answers.common().outcomeMessage(result);
    }

    private HttpResult post(String url, Map<String, String> fields) {
        return http.send(HttpRequest.post(URI.create(url), HttpBody.form(form(fields))));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + MastodonApi.encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static List<Fault> fault(String field, Message message) {
        return List.of(Fault.at("/" + field, message));
    }

    private static String typed(Map<String, Secret> given, String field) {
        return given.getOrDefault(field, Secret.of("")).reveal().strip();
    }

    private static String reveal(Map<String, Secret> state, String name) {
        return state.getOrDefault(name, Secret.of("")).reveal();
    }
}
