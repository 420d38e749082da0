package org.tocsin.network.telegram;

import java.time.Clock;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatMemberCount;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.CountResult;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/** The members of a channel or group, the bot among them (core.telegram.org/bots/api#getchatmembercount). */
public final class TelegramAudience implements AudienceSource {
    private final TelegramApi api;
    private final TelegramAnswers answers;

    /**
     * @param http       the one way out
     * @param retryAfter reads how long to wait
     */
    public TelegramAudience(HttpClient http, RetryAfter retryAfter, Clock clock) {
        this.api = new TelegramApi(http);
        this.answers = new TelegramAnswers(retryAfter, clock);
    }

    @Override
    public String network() {
        return TelegramNetwork.ID;
    }

    @Override
    public CountResult count(Channel channel) {
        Optional<Reason> unusable = TelegramNetwork.unusable(channel);
        if (unusable.isPresent()) {
            return new CountResult.NotCounted(new PublishResult.Unauthorized(unusable.get()));
        }
        String chat = TelegramAccess.of(channel).chatId();
        HttpResult result = api.call(channel, new GetChatMemberCount(chat));
        return TelegramAnswers.result(result)
                .flatMap(CountResult::read)
                .orElseGet(() -> new CountResult.NotCounted(answers.harmless(channel, result)));
    }
}
