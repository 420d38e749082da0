package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.http.HttpResult.Answer;

/** What a deletion that was not answered with success came to: what nobody knows is not told as what has not been asked yet. */
class DeletionAnswersTest {
    @ParameterizedTest
    @CsvSource({
        "200, Unclear", // a success in which nothing is read
        "408, Unclear",
        "500, Unclear",
        "503, Unclear",
        "429, Later",
        "422, Refused",
        "401, Unauthorized"
    })
    void only_what_may_have_been_done_is_unclear(int status, String expected) {
        PublishResult.NoEffect outcome = switch (status) {
            case 429 -> new PublishResult.Throttled(null, PublishResult.Scope.CHANNEL, Reason.of("network.throttled"));
            case 422 -> new PublishResult.Refused(Reason.of("network.refused"));
            case 401 -> new PublishResult.Unauthorized(Reason.of("network.unauthorized"));
            default -> new PublishResult.Unreachable(Reason.of("network.failing"), null);
        };
        DeleteResult result = Answers.deletion(new Answer(status, Map.of(), new byte[0]), outcome);
        assertThat(result.getClass().getSimpleName()).isEqualTo(expected);
    }
}
