package org.tocsin.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.base.Message;

/** The states of a delivery, as people name them: by the words that they are shown, in either language, or by those of the API. */
final class States {
    /** Those of the API. */
    static final List<String> ALL = List.of(
            "SCHEDULED",
            "DUE",
            "PREPARING",
            "SENDING",
            "WAITING",
            "UNKNOWN",
            "HELD",
            "PUBLISHED",
            "REFUSED",
            "EXHAUSTED",
            "CANCELLED",
            "DELETED");

    private States() {}

    /**
     * @param typed states between commas
     * @return them in the words of the API, between commas
     */
    static String typed(String typed, Terminal terminal) {
        return Arrays.stream(typed.split(",")).map(one -> state(one, terminal)).collect(Collectors.joining(","));
    }

    private static String state(String typed, Terminal terminal) {
        String wanted = plain(typed);
        return ALL.stream()
                .filter(state -> Stream.of(
                                state,
                                terminal.word("web.state", state, Locale.ENGLISH),
                                terminal.word("web.state", state, Locale.FRENCH))
                        .map(States::plain)
                        .anyMatch(wanted::equals))
                .findFirst()
                .orElseThrow(() -> new CommandFault(Message.of(
                        "cli.state",
                        "value",
                        typed.strip(),
                        "known",
                        ALL.stream()
                                .map(state -> terminal.word("web.state", state, terminal.locale()))
                                .collect(Collectors.joining(", ")))));
    }

    private static String plain(String word) {
        return word.strip().toLowerCase(Locale.ROOT).replace('\'', '’').replaceAll("\\s+", " ");
    }
}
