package org.tocsin.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which subscribers are meant; each may be given with commas between several. */
final class SubscribersFilter {
    @Option(names = "--state", paramLabel = "STATE")
    private @Nullable String state;

    @Option(names = "--topic", paramLabel = "ID")
    private @Nullable String topic;

    @Option(names = "--language", paramLabel = "LANGUAGE")
    private @Nullable String language;

    @Option(names = "--link", paramLabel = "CODE")
    private @Nullable String link;

    @Option(names = "--reach", paramLabel = "REACH")
    private @Nullable String reach;

    /** @return as it stands in an address, after {@code begin}; empty where all are meant */
    String query(String begin) {
        StringBuilder query = new StringBuilder();
        add(query, "state", state == null ? null : state.toUpperCase(Locale.ROOT));
        add(query, "topic", topic);
        add(query, "language", language);
        add(query, "link", link);
        add(query, "reach", reach == null ? null : reach.toUpperCase(Locale.ROOT));
        return query.isEmpty() ? "" : begin + query;
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append(query.isEmpty() ? "" : "&").append(name).append('=').append(Api.encoded(value));
        }
    }
}
