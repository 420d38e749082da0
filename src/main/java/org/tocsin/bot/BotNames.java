package org.tocsin.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;

/** Asks Telegram who a bot is ({@code getMe}). */
public final class BotNames {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final String server;

    /** @param server of the Bot API; empty for the usual one */
    BotNames(HttpClient http, String server) {
        this.http = http;
        this.server = server.isEmpty() ? BotMessenger.SERVER : server.replaceAll("/+$", "");
    }

    /**
     * @return the user name, without the at sign
     * @throws FaultException INVALID at {@code /botToken} for what is no token; UPSTREAM where Telegram could not be asked
     */
    public String of(Secret token) {
        if (!token.reveal().matches("[0-9]{1,20}:[A-Za-z0-9_-]{10,100}")) {
            throw FaultException.invalid("/botToken", Message.of("bot.token.malformed"));
        }
        HttpResult result =
                http.send(HttpRequest.post(URI.create(server + "/bot" + token.reveal() + "/getMe"), HttpBody.json("{}"))
                        .within(DEADLINE));
        if (result instanceof HttpResult.Answer answer) {
            if (answer.status() == 401 || answer.status() == 404) {
                throw FaultException.invalid("/botToken", Message.of("bot.token.refused"));
            }
            String name = name(answer);
            if (answer.ok() && name.matches("\\w{3,64}")) {
                return name;
            }
        }
        throw new FaultException(FaultException.Kind.UPSTREAM, Fault.at("/botToken", Message.of("bot.token.unasked")));
    }

    private static String name(HttpResult.Answer answer) {
        try {
            JsonNode said = JSON.readTree(answer.bytes());
            return said.path("result").path("username").asText("");
        } catch (IOException unreadable) {
            return "";
        }
    }
}
