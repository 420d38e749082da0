package org.tocsin.alert.way;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.tocsin.base.Message;
import org.tocsin.http.HttpFailure;
import org.tocsin.http.HttpResult;
import org.tocsin.http.RetryAfter;

/** What the answer of a host means for a letter. */
final class Answers {
    private final RetryAfter retryAfter;

    Answers(Clock clock) {
        this.retryAfter = new RetryAfter(clock);
    }

    /** Reads the statuses of HTTP; a way that says more in its body asks {@link #limited} before. */
    Sent read(HttpResult result) {
        return switch (result) {
            case HttpResult.Answer answer when answer.ok() -> new Sent.Taken();
            case HttpResult.Answer answer when answer.status() == 429 -> limited(answer, Optional.empty());
            case HttpResult.Answer answer
            when answer.status() == 408 || answer.status() == 425 -> new Sent.Later(status(answer), null);
            case HttpResult.Answer answer
            when answer.status() >= 500 ->
                new Sent.Later(status(answer), retryAfter.asked(answer).isPresent() ? wait(answer) : null);
            case HttpResult.Answer answer -> new Sent.Refused(status(answer));
            case HttpResult.NotSent(HttpFailure failure) ->
                switch (failure.kind()) {
                    case ADDRESS_REFUSED, URL_REFUSED -> new Sent.Refused(failure.told());
                    case NAME_NOT_FOUND, NOT_CONNECTED, TLS, TIMEOUT, BROKEN ->
                        new Sent.Later(failure.told(), null, true);
                    case TOO_LARGE, INTERRUPTED -> new Sent.Later(failure.told(), null);
                };
            case HttpResult.NoAnswer(HttpFailure failure) ->
                new Sent.Unknown(failure.told(), failure.kind() != HttpFailure.Kind.TOO_LARGE);
        };
    }

    /**
     * Reads the statuses as Standard Webhooks 1.0 does: whatever is not 2xx is tried again on the schedule, and only 410 ends it, for the endpoint is
     * gone (github.com/standard-webhooks/standard-webhooks, "Deliverability and reliability").
     */
    Sent readStandard(HttpResult result) {
        return result instanceof HttpResult.Answer answer
                        && answer.status() != 410
                        && read(answer) instanceof Sent.Refused(Message why)
                ? new Sent.Declined(why)
                : read(result);
    }

    /** @param said how long the body asks to wait, which counts where it is longer than what the headers ask */
    Sent limited(HttpResult.Answer answer, Optional<Duration> said) {
        Duration headers = wait(answer);
        Duration wait = said.filter(one -> one.compareTo(headers) > 0)
                .map(one -> one.compareTo(RetryAfter.MAX) > 0 ? RetryAfter.MAX : one)
                .orElse(headers);
        return new Sent.Later(Message.of("alerting.limited"), wait);
    }

    private Duration wait(HttpResult.Answer answer) {
        return retryAfter.delay(answer).orElse(Duration.ZERO);
    }

    private static Message status(HttpResult.Answer answer) {
        return Message.of("alerting.status", "status", answer.status());
    }
}
