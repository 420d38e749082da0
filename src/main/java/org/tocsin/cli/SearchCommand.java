package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches what was heard. */
@Command(name = "search", mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
    private static final int SHOWN = 50;

    @Parameters(paramLabel = "QUERY", arity = "0..1", defaultValue = "", descriptionKey = "QUERY")
    private String query = "";

    @Option(names = "--from", paramLabel = "DAY")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY")
    private @Nullable String to;

    @Option(names = "--network", paramLabel = "NETWORK")
    private @Nullable String network;

    @Option(names = "--source", paramLabel = "ID")
    private @Nullable String source;

    @Option(names = "--lang", paramLabel = "LANGUAGE")
    private @Nullable String language;

    @Option(names = "--watch", paramLabel = "ID")
    private @Nullable String watch;

    @Option(names = "--sort", paramLabel = "ORDER")
    private @Nullable String sort;

    @ArgGroup
    private @Nullable Form form;

    private final TocsinCommand root;

    SearchCommand(TocsinCommand root) {
        this.root = root;
    }

    /** As what all of it is printed. */
    static final class Form {
        @Option(names = "--csv")
        private boolean csv;

        @Option(names = "--ndjson")
        private boolean lines;
    }

    private String address(String path) {
        StringBuilder address = new StringBuilder(path).append("?q=").append(encoded(query));
        add(address, "from", from);
        add(address, "to", to);
        add(address, "network", network);
        add(address, "source", source);
        add(address, "language", language);
        add(address, "watch", watch);
        add(address, "sort", sort);
        return address.toString();
    }

    private static void add(StringBuilder address, String name, @Nullable String value) {
        if (value != null) {
            address.append('&').append(name).append('=').append(encoded(value));
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public Integer call() {
        if (form != null && (form.csv || form.lines)) {
            String path = "/api/v1/mentions/search" + (form.csv ? ".csv" : ".ndjson");
            String all = root.api().text(address(path)).strip();
            if (!all.isEmpty()) {
                all.lines().forEach(root.terminal()::line);
            }
            return 0;
        }
        JsonNode page = root.api().get(address("/api/v1/mentions/search") + "&limit=" + SHOWN);
        JsonNode total = page.path("total");
        root.terminal()
                .say(
                        total.path("atLeast").asBoolean() ? "cli.search.total.least" : "cli.search.total",
                        "count",
                        total.path("value").asInt());
        if (!page.path("complete").asBoolean(true)) {
            root.terminal().hint("cli.search.building");
        }
        page.path("items").forEach(this::show);
        if (page.path("next").isTextual()) {
            root.terminal().hint("cli.search.more", "limit", SHOWN);
        }
        return 0;
    }

    private void show(JsonNode one) {
        Terminal terminal = root.terminal();
        JsonNode author = one.path("author");
        String when = terminal.time(one.path(one.path("publishedAt").isTextual() ? "publishedAt" : "heardAt"));
        String who = Stream.of("name", "handle")
                .map(name -> author.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElse("");
        JsonNode title = one.path("title");
        String said = title.isTextual() && !title.asText().isEmpty()
                ? title.asText()
                : one.path("text").asText();
        terminal.line(when + (who.isEmpty() ? "" : "  " + who) + "  " + Terminal.excerpt(said));
        if (one.path("url").isTextual()) {
            terminal.line("    " + one.path("url").asText());
        }
    }
}
