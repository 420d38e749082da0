package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.LocalTimes;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import picocli.CommandLine.Model.CommandSpec;

/** Where the command line speaks and is answered. Control characters of strangers never reach it. */
final class Terminal {
    private static final int EXCERPT = 60;

    private final PrintStream out;
    private final PrintStream err;
    private final BufferedReader in;
    private final @Nullable Console console;
    private final Messages messages;
    private final Locale locale;
    private LocalTimes times;

    Terminal(
            PrintStream out,
            PrintStream err,
            BufferedReader in,
            @Nullable Console console,
            Messages messages,
            Locale locale) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.console = console;
        this.messages = messages;
        this.locale = locale;
        this.times = new LocalTimes(ZoneId.systemDefault());
    }

    /** @param zone in which times are told from now on: the daemon's */
    void zone(ZoneId zone) {
        times = new LocalTimes(zone);
    }

    /** @return in which times are told */
    String zone() {
        return times.zone().getId();
    }

    /** @return an ISO time as people write it; empty where there is none */
    String time(JsonNode time) {
        return time.isTextual() ? times.text(time.asText(), locale) : "";
    }

    /** @return the word for people; what has none as it stands */
    String word(String words, JsonNode value) {
        return messages.word(words, value.asText(), locale);
    }

    /** @return the word for people who read that language; what has none as it stands */
    String word(String words, String value, Locale language) {
        return messages.word(words, value, language);
    }

    /** @return the beginning of a text, on one line */
    static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        int end = line.offsetByCodePoints(0, Math.min(EXCERPT, line.codePointCount(0, line.length())));
        return end == line.length() ? line : line.substring(0, end).strip() + "…";
    }

    Locale locale() {
        return locale;
    }

    String text(String code, Object... pairs) {
        return messages.text(Message.of(code, pairs), locale);
    }

    void say(String code, Object... pairs) {
        line(text(code, pairs));
    }

    void line(String text) {
        out.println(clean(text));
    }

    void error(Message message) {
        err.println(clean(messages.text(message, locale) + " [" + message.code() + "]"));
    }

    void hint(Message message) {
        err.println(clean(messages.text(message, locale)));
    }

    void hint(String code, Object... pairs) {
        err.println(clean(text(code, pairs)));
    }

    /** @param command that was refused */
    void problem(JsonNode problem, CommandSpec command) {
        for (JsonNode error : problem.path("errors")) {
            String said =
                    error.path("message").asText() + " [" + error.path("code").asText() + "]";
            String where = Pointers.typed(error, command);
            err.println(clean(where.isEmpty() ? said : text("cli.problem", "where", where, "text", said)));
        }
        if (problem.path("errors").isEmpty()) {
            err.println(clean(problem.path("title").asText()));
        }
    }

    /** @return what was typed; the offered value for an empty line */
    String ask(String label, boolean secret, String offered) {
        String prompt = clean(
                offered.isEmpty()
                        ? text("cli.prompt", "label", label)
                        : text("cli.prompt.offered", "label", label, "offered", offered));
        if (secret && console != null) {
            char[] typed = console.readPassword("%s", prompt);
            return typed == null ? "" : new String(typed).strip();
        }
        out.print(prompt);
        out.flush();
        try {
            String line = in.readLine();
            if (line == null) {
                throw new CommandFault(Message.of("cli.input.ended"));
            }
            return line.isBlank() ? offered : line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the reason that was given; what is typed where none was */
    String reason(@Nullable String given) {
        if (given != null) {
            return given;
        }
        try {
            return ask(text("cli.reason"), false, "");
        } catch (CommandFault ended) {
            throw new CommandFault(Message.of("cli.reason.missing"));
        }
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
    }
}
