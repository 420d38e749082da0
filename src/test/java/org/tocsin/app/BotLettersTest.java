package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.alert.way.ScriptedHttp.SILENCE;
import static org.tocsin.alert.way.ScriptedHttp.answer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.alert.way.ScriptedHttp;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpFailure;
import org.tocsin.http.HttpResult;
import org.tocsin.letter.Posted;
import org.tocsin.newsletter.StyledText;
import org.tocsin.newsletter.StyledText.Span;
import org.tocsin.newsletter.StyledText.Style;

/** What Telegram answers decides; what it does not answer is unknown, for it knows no repeat. */
class BotLettersTest {
    private final ScriptedHttp http = new ScriptedHttp();

    private Posted send() {
        BotLetters letters = new BotLetters(
                http, "https://api.telegram.org/", branch -> Optional.of(Secret.of("1:AAAAAAAAAAAAAAAAAAAA")));
        return letters.send(
                BranchId.MAIN,
                42,
                new StyledText(
                        "Été <b>",
                        List.of(new Span(Style.BOLD, 0, 3, null), new Span(Style.LINK, 4, 3, "https://example.org/"))),
                "fr",
                "row");
    }

    private static String failed(int code, String parameters) {
        return "{\"ok\":false,\"error_code\":" + code + ",\"description\":\"x\"" + parameters + "}";
    }

    private static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(answer(200, "{\"ok\":true,\"result\":{}}"), "TAKEN"),
                Arguments.of(answer(200, "<html>"), "UNKNOWN"),
                Arguments.of(answer(429, failed(429, ",\"parameters\":{\"retry_after\":7}")), "LATER everyone PT7S"),
                Arguments.of(
                        answer(429, failed(429, ",\"parameters\":{\"retry_after\":99999}")), "LATER everyone PT1H"),
                Arguments.of(answer(403, said("Forbidden: bot was blocked by the user")), "REFUSED address"),
                Arguments.of(answer(403, said("Forbidden: user is deactivated")), "REFUSED address"),
                Arguments.of(answer(403, said("Forbidden: bot can't initiate conversation with a user")), "REFUSED"),
                Arguments.of(answer(403, failed(403, "")), "REFUSED"),
                Arguments.of(answer(400, failed(400, "")), "REFUSED"),
                Arguments.of(answer(401, failed(401, "")), "LATER everyone PT1H"),
                Arguments.of(answer(404, failed(404, "")), "LATER everyone PT1H"),
                Arguments.of(answer(500, failed(500, "")), "UNKNOWN"),
                Arguments.of(answer(502, "Bad Gateway"), "UNKNOWN"),
                Arguments.of(answer(403, "<html>a proxy</html>"), "LATER everyone null"),
                Arguments.of(SILENCE, "UNKNOWN"),
                Arguments.of(
                        new HttpResult.NotSent(new HttpFailure(HttpFailure.Kind.NOT_CONNECTED, "refused")),
                        "LATER everyone null"));
    }

    private static String said(String description) {
        return "{\"ok\":false,\"error_code\":403,\"description\":\"" + description + "\"}";
    }

    @ParameterizedTest
    @MethodSource("answers")
    void what_is_answered_decides(HttpResult result, String expected) {
        http.next(result);
        String posted = switch (send()) {
            case Posted.Taken() -> "TAKEN";
            case Posted.Later later -> "LATER" + (later.everyone() ? " everyone " : " ") + later.delay();
            case Posted.Refused refused -> "REFUSED" + (refused.address() ? " address" : "");
            case Posted.Unknown unknown -> "UNKNOWN";
        };
        assertThat(posted).isEqualTo(expected);
    }

    @Test
    void text_goes_as_it_is_with_its_marks_beside() throws Exception {
        send();
        assertThat(http.got().getFirst().url().toString())
                .isEqualTo("https://api.telegram.org/bot1:AAAAAAAAAAAAAAAAAAAA/sendMessage");
        assertThat(RunningDaemon.JSON.readTree(http.body())).isEqualTo(RunningDaemon.JSON.readTree("""
                        {"chat_id":42,"text":"Été <b>","link_preview_options":{"is_disabled":true},"entities":[
                        {"type":"bold","offset":0,"length":3},
                        {"type":"text_link","offset":4,"length":3,"url":"https://example.org/"}]}"""));
    }
}
