package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.KeyValuePair;

/** What the log looks like, whatever somebody has put into it. */
class LoggingTest {
    private static final String HOSTILE =
            "a\r\nb\n{\"level\":\"ERROR\"}\u001b[31m\u0007\u2028\",\"level\":\"ERROR ${jndi:ldap://x.example/a} {} %s";

    @Test
    void what_is_logged_is_one_line_whatever_it_holds() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        new Logging().configure(context);
        ConsoleAppender<ILoggingEvent> errors = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("ERR");
        LoggingEvent event = new LoggingEvent(
                "x", context.getLogger("org.tocsin"), Level.INFO, HOSTILE, new IllegalStateException(HOSTILE), null);
        event.setKeyValuePairs(List.of(new KeyValuePair("path", HOSTILE)));
        String line = new String(errors.getEncoder().encode(event), StandardCharsets.UTF_8);
        context.stop();
        assertThat(line.strip()).doesNotContain("\n", "\r", "\u001b", "\u0007");
        JsonNode read = new JsonMapper().readTree(line);
        assertThat(read.path("level").asText()).isEqualTo("INFO");
        assertThat(read.path("formattedMessage").asText()).isEqualTo(HOSTILE);
        assertThat(read.path("kvpList").path(0).path("path").asText()).isEqualTo(HOSTILE);
    }

    private static String line(String message, Throwable thrown, List<KeyValuePair> pairs) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        new Logging().configure(context);
        ConsoleAppender<ILoggingEvent> errors = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("ERR");
        LoggingEvent event = new LoggingEvent("x", context.getLogger("org.tocsin"), Level.ERROR, message, thrown, null);
        event.setKeyValuePairs(pairs);
        byte[] line = errors.getEncoder().encode(event);
        context.stop();
        assertThat(line.length).isLessThanOrEqualTo(CutEncoder.MOST);
        return new String(line, StandardCharsets.UTF_8);
    }

    @Test
    void a_line_is_at_most_four_kilobytes_and_stays_json() throws Exception {
        String megabyte = HOSTILE + "é\ud83d\ude00\u0000".repeat(250_000);
        Throwable deep = new IllegalStateException(megabyte);
        for (int i = 0; i < 30; i++) {
            deep = new IllegalStateException(i + megabyte, deep);
        }
        for (String line : List.of(
                line(megabyte, new IllegalStateException("short"), List.of(new KeyValuePair("path", "p"))),
                line("short", deep, List.of(new KeyValuePair("path", megabyte), new KeyValuePair("id", "7"))),
                line(megabyte, deep, List.of()))) {
            JsonNode read = new JsonMapper().readTree(line);
            assertThat(line.strip()).doesNotContain("\n", "\r", "\u001b", "\u0007");
            assertThat(read.path("level").asText()).isEqualTo("ERROR");
            assertThat(read.path("cutFrom").asInt()).isGreaterThan(CutEncoder.MOST);
            assertThat(read.path("formattedMessage").asText()).isNotEmpty();
        }
        JsonNode whole = new JsonMapper().readTree(line("short", new IllegalStateException("why"), List.of()));
        assertThat(whole.path("throwable").path("message").asText()).isEqualTo("why");
        assertThat(whole.path("throwable").path("stepArray")).isNotEmpty();
    }
}
