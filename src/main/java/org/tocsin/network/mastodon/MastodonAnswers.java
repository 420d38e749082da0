package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Answers;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;

/** What Mastodon's answers come to (docs.joinmastodon.org/entities/Error, Status). */
final class MastodonAnswers {
    /** Mastodon numbers, GoToSocial has ULIDs, Pleroma Flakes. */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    private final Clock clock;
    private final Answers common;

    MastodonAnswers(Clock clock) {
        this.clock = clock;
        this.common = new Answers(new RetryAfter(clock), MastodonAnswers::words);
    }

    /** The table on which all networks agree. */
    Answers common() {
        return common;
    }

    /** What a request to publish came to. */
    PublishResult publish(Channel channel, HttpResult result) {
        if (!(result instanceof Answer answer) || !answer.ok()) {
            return common.create(channel, result);
        }
        JsonNode status = Json.read(answer);
        Optional<Receipt> receipt = receipt(status);
        if (receipt.isEmpty()) {
            return common.unreadable(channel, answer);
        }
        Optional<String> author = id(status.path("account"));
        Optional<String> expected = channel.setting(MastodonApi.ACCOUNT_ID);
        if (author.isPresent() && expected.isPresent() && !author.equals(expected)) {
            // It is out, in another's name: whoever repairs the channel has to know where, to take it back.
            return new PublishResult.Unauthorized(Reason.of(
                    "mastodon.account.published",
                    "url",
                    Optional.ofNullable(receipt.get().url())
                            .orElse(receipt.get().remoteId())));
        }
        return new PublishResult.Published(receipt.get());
    }

    /** @return the receipt of a status that can be read; empty where it names no valid id */
    Optional<Receipt> receipt(JsonNode status) {
        return id(status)
                .map(id -> new Receipt(
                        id, url(status), Json.instant(status, "created_at").orElseGet(clock::instant), Map.of()));
    }

    /** @return the id of an entity, where it is one by the grammar */
    static Optional<String> id(JsonNode entity) {
        return Json.text(entity, "id").filter(MastodonAnswers::isId);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** @return the public address, null where there is none on the web */
    static @Nullable String url(JsonNode status) {
        return Json.text(status, "url")
                .or(() -> Json.text(status, "uri"))
                .filter(MastodonAnswers::isWeb)
                .orElse(null);
    }

    private static boolean isWeb(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            return web && url.getHost() != null && text.length() <= 2000;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static String words(Answer answer) {
        JsonNode body = Json.read(answer);
        Optional<String> error = Json.text(body, "error");
        Optional<String> description = Json.text(body, "error_description");
        if (error.isPresent()) {
            return error.get() + description.map(more -> ": " + more).orElse("");
        }
        String text = answer.text();
        return Jsoup.parse(text.substring(0, Math.min(text.length(), 20_000))).text();
    }
}
