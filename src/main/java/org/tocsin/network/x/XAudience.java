package org.tocsin.network.x;

import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.CountResult;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/** The followers of a user, in the public metrics of {@code GET /2/users/me}, which costs what a check costs. */
public final class XAudience implements AudienceSource {
    private final XAnswers answers;
    private final XAccounts accounts;

    /**
     * @param http       the one way out
     * @param retryAfter reads how long to wait
     */
    public XAudience(HttpClient http, RetryAfter retryAfter) {
        this.answers = new XAnswers(retryAfter);
        this.accounts = new XAccounts(new XApi(http), answers);
    }

    @Override
    public String network() {
        return XNetwork.ID;
    }

    @Override
    public CountResult count(Channel channel) {
        return XAccess.faults(channel).stream()
                .findFirst()
                .<CountResult>map(fault -> new CountResult.NotCounted(
                        new PublishResult.Unauthorized(new Reason(fault.message(), null, ""))))
                .orElseGet(() -> asked(channel));
    }

    private CountResult asked(Channel channel) {
        return switch (accounts.askWithMetrics(channel)) {
            case XAccounts.User user -> counted(channel, user.answer());
            case XAccounts.Nobody(PublishResult.NoEffect outcome) -> new CountResult.NotCounted(outcome);
        };
    }

    private CountResult counted(Channel channel, Answer answer) {
        return CountResult.read(
                        Json.read(answer).path("data").path("public_metrics").path("followers_count"))
                .orElseGet(() -> new CountResult.NotCounted(answers.harmless(channel, answer)));
    }

    @Override
    public Cost cost(Channel channel) {
        return XPrices.user(channel);
    }
}
