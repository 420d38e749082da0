package org.tocsin.network.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;

/** Who the user of a channel is. It is asked once for each access token, because asking costs money. */
final class XAccounts {
    /** What connecting leaves in the channel: another account's token must never take its place unseen. */
    static final String ACCOUNT_SETTING = "accountId";

    private final XApi api;
    private final XAnswers answers;
    private final Map<String, Known> known;

    XAccounts(XApi api, XAnswers answers) {
        this.api = api;
        this.answers = answers;
        this.known = new ConcurrentHashMap<>();
    }

    private record Known(XAccess access, String id) {}

    /** The user, or why there is none. */
    sealed interface Asked {}

    /**
     * @param name   without its {@code @}
     * @param answer the whole of it
     */
    record User(String id, String name, Answer answer) implements Asked {}

    /** No user could be told. */
    record Nobody(PublishResult.NoEffect outcome) implements Asked {}

    /** Asks the network now. */
    Asked ask(Channel channel) {
        return ask(channel, Map.of());
    }

    /** Asks the network now, and for {@code public_metrics} as well, at the same price. */
    Asked askWithMetrics(Channel channel) {
        return ask(channel, Map.of("user.fields", "public_metrics"));
    }

    private Asked ask(Channel channel, Map<String, String> fields) {
        XAccess access = XAccess.of(channel);
        HttpResult result = api.get(access, "/2/users/me", fields);
        Optional<User> user = user(result);
        if (user.isEmpty()) {
            return new Nobody(answers.harmless(channel, result));
        }
        Optional<String> wanted = channel.setting(ACCOUNT_SETTING);
        if (wanted.isPresent() && !wanted.get().equals(user.get().id())) {
            return new Nobody(
                    new PublishResult.Unauthorized(answers.reason(channel, (Answer) result, "x.account.mismatch")));
        }
        known.put(channel.id(), new Known(access, user.get().id()));
        return user.get();
    }

    /** @return the user's id, as it was told for these very credentials */
    Optional<String> id(Channel channel) {
        Known one = known.get(channel.id());
        if (one != null && one.access().equals(XAccess.of(channel))) {
            return Optional.of(one.id());
        }
        return channel.setting(ACCOUNT_SETTING).filter(XPosts::isId);
    }

    private static Optional<User> user(HttpResult result) {
        if (!(result instanceof Answer answer) || !answer.ok()) {
            return Optional.empty();
        }
        JsonNode data = Json.read(answer).path("data");
        return XPosts.isId(data.path("id").asText(""))
                ? Optional.of(
                        new User(data.path("id").asText(), data.path("username").asText(""), answer))
                : Optional.empty();
    }
}
