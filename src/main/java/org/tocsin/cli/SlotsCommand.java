package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps the weekly times of the channels. */
@Command(
        name = "slots",
        mixinStandardHelpOptions = true,
        subcommands = {SlotsCommand.ListAll.class, SlotsCommand.Add.class, SlotsCommand.Remove.class})
final class SlotsCommand implements Callable<Integer> {
    private static final List<Locale> LANGUAGES = List.of(Locale.FRENCH, Locale.ENGLISH);

    private final TocsinCommand root;

    SlotsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        JsonNode items = root.api().get("/api/v1/slots").path("items");
        if (items.isEmpty()) {
            root.terminal().say("cli.slots.none");
        }
        items.forEach(slot -> root.terminal()
                .line(String.join(
                        "  ",
                        slot.path("id").asText(),
                        slot.path("channelId").asText(),
                        said(slot.path("weekday").asText(), root.terminal().locale()),
                        slot.path("time").asText())));
        return 0;
    }

    private static String said(String weekday, Locale locale) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().equalsIgnoreCase(weekday))
                .map(day -> day.getDisplayName(TextStyle.FULL_STANDALONE, locale))
                .findFirst()
                .orElse(weekday);
    }

    /** @return the weekday in the form of the API, from the word of either language; what is none as it was typed */
    private static String weekday(String typed) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> LANGUAGES.stream()
                        .anyMatch(language -> day.getDisplayName(TextStyle.FULL_STANDALONE, language)
                                .equalsIgnoreCase(typed.strip())))
                .map(day -> day.name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse(typed);
    }

    /** Lists them. */
    @Command(name = "list", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        private final TocsinCommand root;

        ListAll(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return list(root);
        }
    }

    /** Adds one. */
    @Command(name = "add", mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
        private String channel = "";

        @Parameters(index = "1", paramLabel = "DAY", descriptionKey = "DAY")
        private String weekday = "";

        @Parameters(index = "2", paramLabel = "TIME", descriptionKey = "TIME")
        private String time = "";

        private final TocsinCommand root;

        Add(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            JsonNode slot = api.post(
                    "/api/v1/slots",
                    api.object()
                            .put("channelId", channel)
                            .put("weekday", weekday(weekday))
                            .put("time", time));
            root.terminal().say("cli.slots.added", "id", slot.path("id").asText());
            return 0;
        }
    }

    /** Takes one away. */
    @Command(name = "remove", mixinStandardHelpOptions = true)
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Remove(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api().delete(Api.path("slots", id), null);
            root.terminal().say("cli.slots.removed");
            return 0;
        }
    }
}
