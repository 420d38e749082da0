package org.tocsin.network.x;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Channel;
import org.tocsin.network.Connecting;

/**
 * Connects an account: the app's consumer pair, a link at which the person allows the app, the PIN that X shows then, and a monthly
 * ceiling for what posting costs (docs.x.com, "PIN-based OAuth").
 */
public final class XConnecting implements Connecting {
    private static final String APP = "app";
    private static final String PIN = "pin";
    private static final String CEILING = "10";

    private final XApi api;
    private final XAnswers answers;
    private final XAccounts accounts;
    private final Clock clock;
    private final String base;

    /** As below, at X itself. */
    public XConnecting(HttpClient http, RetryAfter retryAfter, Clock clock) {
        this(http, retryAfter, clock, XAccess.BASE);
    }

    /**
     * @param http       the way out
     * @param retryAfter reads how long to wait
     * @param clock      tells now
     * @param base       origin of the API; a channel keeps it where it is not X's own
     */
    public XConnecting(HttpClient http, RetryAfter retryAfter, Clock clock, String base) {
        this.api = new XApi(http);
        this.answers = new XAnswers(retryAfter);
        this.accounts = new XAccounts(api, answers);
        this.clock = clock;
        this.base = base;
    }

    @Override
    public String network() {
        return XNetwork.ID;
    }

    @Override
    public Ask begin() {
        return askApp(List.of());
    }

    @Override
    public Progress next(Map<String, Secret> state, String step, Map<String, Secret> given) {
        return step.equals(PIN) ? pin(state, given) : app(given);
    }

    private Progress app(Map<String, Secret> given) {
        Map<String, Secret> pair = new HashMap<>();
        for (String name : List.of(XAccess.CONSUMER_KEY, XAccess.CONSUMER_SECRET)) {
            String value = answer(given, name);
            if (value.isEmpty()) {
                return askApp(List.of(Fault.at("/" + name, Message.of("x.connect.missing"))));
            }
            pair.put(name, Secret.of(value));
        }
        Channel channel = channel(Map.of(), pair);
        Optional<Fault> fault = XAccess.baseFault(channel);
        if (fault.isPresent()) {
            return askApp(List.of(fault.get()));
        }
        HttpResult result = api.form(XAccess.of(channel), "/oauth/request_token", Map.of("oauth_callback", "oob"));
        Optional<Map<String, String>> token = token(result);
        if (token.isEmpty()) {
            return askApp(List.of(Fault.at("/" + XAccess.CONSUMER_KEY, told(channel, result, "x.app.refused"))));
        }
        pair.put(XAccess.ACCESS_TOKEN, Secret.of(token.get().get("oauth_token")));
        pair.put(XAccess.ACCESS_TOKEN_SECRET, Secret.of(token.get().get("oauth_token_secret")));
        return askPin(pair, CEILING, List.of());
    }

    private Progress pin(Map<String, Secret> state, Map<String, Secret> given) {
        Channel asking = channel(Map.of(), state);
        if (asking.secret(XAccess.ACCESS_TOKEN).isEmpty()
                || XAccess.baseFault(asking).isPresent()) {
            return begin();
        }
        String ceiling = answer(given, XAccess.CEILING_SETTING);
        if (XAccess.dollars(ceiling).isEmpty()) {
            return askPin(
                    state,
                    ceiling,
                    List.of(Fault.at(
                            "/" + XAccess.CEILING_SETTING,
                            Message.of("x.dollars.malformed", "name", XAccess.CEILING_SETTING, "value", ceiling))));
        }
        HttpResult result =
                api.form(XAccess.of(asking), "/oauth/access_token", Map.of("oauth_verifier", answer(given, PIN)));
        Optional<Map<String, String>> token = token(result);
        if (token.isEmpty()) {
            return askPin(state, ceiling, List.of(Fault.at("/" + PIN, told(asking, result, "x.pin.refused"))));
        }
        Map<String, Secret> secrets = new HashMap<>(state);
        secrets.put(XAccess.ACCESS_TOKEN, Secret.of(token.get().get("oauth_token")));
        secrets.put(XAccess.ACCESS_TOKEN_SECRET, Secret.of(token.get().get("oauth_token_secret")));
        Channel channel = channel(Map.of(XAccess.CEILING_SETTING, ceiling), secrets);
        return switch (accounts.ask(channel)) {
            case XAccounts.Nobody nobody ->
                askApp(List.of(Fault.at(
                        "/" + XAccess.CONSUMER_KEY, nobody.outcome().reason().message())));
            case XAccounts.User user -> {
                Map<String, String> settings = new HashMap<>(channel.settings());
                settings.put(XAccounts.ACCOUNT_SETTING, user.id());
                settings.put("username", user.name());
                yield new Connected("@" + user.name(), settings, secrets);
            }
        };
    }

    /** A refusal is told in the words of the step; what is no refusal, as everywhere. */
    private Message told(Channel channel, HttpResult result, String code) {
        return result instanceof Answer answer && answer.status() / 100 == 4 && answer.status() != 429
                ? Message.of(code, "status", answer.status())
                : answers.harmless(channel, result).reason().message();
    }

    private static Optional<Map<String, String>> token(HttpResult result) {
        if (!(result instanceof Answer answer) || !answer.ok()) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        for (String pair : answer.text().split("&")) {
            int equals = pair.indexOf('=');
            // Tokens are letters, digits, hyphens and underscores: what is anything else is not one.
            if (equals > 0 && pair.substring(equals + 1).matches("[A-Za-z0-9_%.~-]{1,500}")) {
                fields.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        boolean both = fields.containsKey("oauth_token") && fields.containsKey("oauth_token_secret");
        fields.replaceAll((_, value) -> decoded(value));
        return both ? Optional.of(fields) : Optional.empty();
    }

    private static String decoded(String value) {
        return value.matches("([^%]|%[0-9A-Fa-f]{2})*") ? URLDecoder.decode(value, StandardCharsets.UTF_8) : value;
    }

    private Channel channel(Map<String, String> more, Map<String, Secret> secrets) {
        Map<String, String> settings = new HashMap<>(more);
        if (!base.equals(XAccess.BASE)) {
            settings.put(XAccess.BASE_SETTING, base);
        }
        return new Channel("connecting", BranchId.MAIN, "", XNetwork.ID, settings, secrets, clock.instant());
    }

    private static Ask askApp(List<Fault> faults) {
        return new Ask(
                APP,
                Message.of("x.connect.app"),
                URI.create("https://console.x.com"),
                List.of(
                        new Field(XAccess.CONSUMER_KEY, Message.of("x.field.consumer-key"), true, ""),
                        new Field(XAccess.CONSUMER_SECRET, Message.of("x.field.consumer-secret"), true, "")),
                faults,
                Map.of());
    }

    private Ask askPin(Map<String, Secret> state, String ceiling, List<Fault> faults) {
        Secret token = state.getOrDefault(XAccess.ACCESS_TOKEN, Secret.of(""));
        return new Ask(
                PIN,
                Message.of("x.connect.pin"),
                URI.create(XAccess.of(channel(Map.of(), state)).base() + "/oauth/authorize?oauth_token="
                        + URLEncoder.encode(token.reveal(), StandardCharsets.UTF_8)),
                List.of(
                        new Field(PIN, Message.of("x.field.pin"), false, ""),
                        new Field(XAccess.CEILING_SETTING, Message.of("x.field.ceiling"), false, ceiling)),
                faults,
                Map.copyOf(state));
    }

    private static String answer(Map<String, Secret> given, String field) {
        Secret value = given.get(field);
        return value == null ? "" : value.reveal().strip();
    }
}
