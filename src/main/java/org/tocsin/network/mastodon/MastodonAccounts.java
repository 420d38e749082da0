package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.audience.CountResult;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Answers;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.PublishResult.Unauthorized;

/** Whose token it is (docs.joinmastodon.org/methods/accounts#verify_credentials). */
final class MastodonAccounts {
    private static final String VERIFY = "/api/v1/accounts/verify_credentials";
    private static final String VERIFY_APP = "/api/v1/apps/verify_credentials";

    private final MastodonApi api;
    private final MastodonAnswers answers;
    private final Clock clock;
    private final Map<Holder, String> ids;

    private record Holder(String server, Secret token) {}

    /** What came of asking for the account's id. */
    sealed interface Identity {}

    /** It is that one. */
    record Known(String id) implements Identity {}

    /** It cannot be told now. */
    record NotKnown(NoEffect outcome) implements Identity {}

    MastodonAccounts(MastodonApi api, MastodonAnswers answers, Clock clock) {
        this.api = api;
        this.answers = answers;
        this.clock = clock;
        this.ids = new ConcurrentHashMap<>();
    }

    /** @return the account's id: as set, as asked before, or as the server says now */
    Identity id(Channel channel) {
        Optional<Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return new NotKnown(unusable.get());
        }
        Optional<String> set = channel.setting(MastodonApi.ACCOUNT_ID).filter(MastodonAnswers::isId);
        Holder holder = holder(channel);
        Optional<String> known = set.or(() -> Optional.ofNullable(ids.get(holder)));
        if (known.isPresent()) {
            return new Known(known.get());
        }
        HttpResult result = api.get(channel, VERIFY);
        Optional<String> told = account(result).flatMap(MastodonAnswers::id);
        told.ifPresent(id -> ids.put(holder, id));
        return told.<Identity>map(Known::new)
                .orElseGet(() -> new NotKnown(answers.common().harmless(channel, result)));
    }

    ChannelHealth check(Channel channel) {
        Optional<Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return Answers.health(unusable.get(), clock.instant());
        }
        HttpResult result = api.get(channel, VERIFY);
        Optional<JsonNode> account = account(result);
        if (account.isEmpty() || !(result instanceof Answer answer)) {
            return answers.common().health(channel, result, clock.instant());
        }
        if (isAnother(channel, account.get())) {
            return refused(channel, answer, "mastodon.account.other");
        }
        if (lacksScopes(channel)) {
            return refused(channel, answer, "mastodon.scope.missing");
        }
        return new ChannelHealth(
                ChannelHealth.Status.OK,
                null,
                name(account.get(), channel.setting(MastodonApi.BASE_URL).orElse("")),
                clock.instant());
    }

    /** @return how many follow the account of the token, where that is the channel's */
    CountResult followers(Channel channel) {
        Optional<Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return new CountResult.NotCounted(unusable.get());
        }
        HttpResult result = api.get(channel, VERIFY);
        Optional<JsonNode> account = account(result);
        if (account.isPresent() && result instanceof Answer answer && isAnother(channel, account.get())) {
            return new CountResult.NotCounted(
                    new Unauthorized(answers.common().reason(channel, answer, "mastodon.account.other")));
        }
        return account.flatMap(one -> CountResult.read(one.path("followers_count")))
                .orElseGet(() -> new CountResult.NotCounted(answers.common().harmless(channel, result)));
    }

    private static boolean isAnother(Channel channel, JsonNode account) {
        Optional<String> expected = channel.setting(MastodonApi.ACCOUNT_ID);
        return expected.isPresent() && !expected.equals(MastodonAnswers.id(account));
    }

    /** @return {@code @user@server} */
    static String name(JsonNode account, String baseUrl) {
        return "@" + Json.text(account, "username").orElse("?") + "@"
                + URI.create(baseUrl).getHost();
    }

    private static Optional<JsonNode> account(HttpResult result) {
        return result instanceof Answer answer && answer.ok()
                ? Optional.of(Json.read(answer))
                        .filter(account -> MastodonAnswers.id(account).isPresent())
                : Optional.empty();
    }

    private ChannelHealth refused(Channel channel, Answer answer, String code) {
        return Answers.health(
                new PublishResult.Unauthorized(answers.common().reason(channel, answer, code)), clock.instant());
    }

    /** Servers since Mastodon 4.3 tell the scopes of an application; what is not told is not judged. */
    private boolean lacksScopes(Channel channel) {
        if (!(api.get(channel, VERIFY_APP) instanceof Answer answer) || !answer.ok()) {
            return false;
        }
        Set<String> scopes = new HashSet<>();
        Json.read(answer).path("scopes").forEach(scope -> scopes.add(scope.asText()));
        return !scopes.isEmpty() && !scopes.contains("write") && !scopes.contains("write:statuses");
    }

    private static Holder holder(Channel channel) {
        return new Holder(
                channel.setting(MastodonApi.BASE_URL).orElse(""),
                channel.secret(MastodonApi.TOKEN).orElseThrow());
    }
}
