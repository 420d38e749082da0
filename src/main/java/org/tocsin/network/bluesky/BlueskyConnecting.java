package org.tocsin.network.bluesky;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Connecting;
import org.tocsin.network.Json;
import org.tocsin.network.ServerAddress;

/** Connects an account by its handle and an app password; the main password, which could close the account, is refused. */
public final class BlueskyConnecting implements Connecting {
    private static final String STEP = "account";
    private static final String SERVER = "server";
    /** atproto.com/specs/handle. */
    private static final Pattern HANDLE =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private final HttpClient http;
    private final BlueskyAnswers answers;

    /**
     * @param http  the one way out
     * @param clock for what servers say about waiting
     */
    public BlueskyConnecting(HttpClient http, Clock clock) {
        this.http = http;
        this.answers = new BlueskyAnswers(clock);
    }

    @Override
    public String network() {
        return "bluesky";
    }

    @Override
    public Ask begin() {
        return ask("", BlueskySessions.BLUESKY, List.of());
    }

    private static Ask ask(String handle, String server, List<Fault> faults) {
        return new Ask(
                STEP,
                Message.of("bluesky.connect.help"),
                URI.create("https://bsky.app/settings/app-passwords"),
                List.of(
                        new Field(BlueskySessions.HANDLE, Message.of("bluesky.connect.handle"), false, handle),
                        new Field(BlueskySessions.PASSWORD, Message.of("bluesky.connect.password"), true, ""),
                        new Field(SERVER, Message.of("bluesky.connect.server"), false, server)),
                faults,
                Map.of());
    }

    @Override
    public Progress next(Map<String, Secret> state, String step, Map<String, Secret> given) {
        String typedHandle = typed(given, BlueskySessions.HANDLE);
        String handle = typedHandle.replaceFirst("^@", "").toLowerCase(Locale.ROOT);
        String typedServer = typed(given, SERVER).isEmpty() ? BlueskySessions.BLUESKY : typed(given, SERVER);
        String password = typed(given, BlueskySessions.PASSWORD);
        Optional<String> server = ServerAddress.read(typedServer);
        if (!HANDLE.matcher(handle).matches()) {
            Message message = Message.of("bluesky.connect.handle.malformed", "value", typedHandle);
            return again(typedHandle, typedServer, BlueskySessions.HANDLE, message);
        }
        if (password.isEmpty()) {
            return again(handle, typedServer, BlueskySessions.PASSWORD, Message.of("bluesky.connect.password.missing"));
        }
        if (server.isEmpty()) {
            Message message = Message.of("network.address.malformed", "value", typedServer);
            return again(handle, typedServer, SERVER, message);
        }
        HttpResult result = http.send(BlueskyApi.createSession(server.get(), handle, password));
        Optional<BlueskySession> session = result instanceof Answer answer && answer.ok()
                ? BlueskySession.answered(Json.read(answer), server.get())
                : Optional.empty();
        if (session.isEmpty()) {
            return result instanceof Answer answer && (answer.status() == 401 || answer.status() == 400)
                    ? again(
                            handle,
                            typedServer,
                            BlueskySessions.PASSWORD,
                            Message.of("bluesky.connect.refused", "server", server.get()))
                    : again(handle, typedServer, SERVER, answers.common().outcomeMessage(result));
        }
        if (session.get().ofMainPassword()) {
            return again(handle, typedServer, BlueskySessions.PASSWORD, Message.of("bluesky.password.main"));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(BlueskySessions.HANDLE, handle);
        settings.put(BlueskySessions.DID, session.get().did());
        settings.put(BlueskySessions.BASE_URL, server.get());
        return new Connected(
                "@" + session.get().handle(), settings, Map.of(BlueskySessions.PASSWORD, Secret.of(password)));
    }

    private static Ask again(String handle, String server, String field, Message message) {
        return ask(handle, server, List.of(Fault.at("/" + field, message)));
    }

    private static String typed(Map<String, Secret> given, String field) {
        return given.getOrDefault(field, Secret.of("")).reveal().strip();
    }
}
