package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at newsletters, and sends them. */
@Command(
        name = "newsletters",
        mixinStandardHelpOptions = true,
        subcommands = {
            NewslettersCommand.ListAll.class,
            NewslettersCommand.Show.class,
            NewslettersCommand.Preview.class,
            NewslettersWriting.Create.class,
            NewslettersWriting.OfPosts.class,
            NewslettersCommand.Test.class,
            NewslettersCommand.Send.class,
            NewslettersWriting.Unschedule.class,
            NewslettersWriting.Decide.class,
            NewslettersCommand.Pause.class,
            NewslettersCommand.Resume.class,
            NewslettersCommand.Stop.class
        })
final class NewslettersCommand implements Callable<Integer> {
    private static final String AREA = "newsletters";

    private final TocsinCommand root;

    NewslettersCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        JsonNode all = root.api().get(Api.path(AREA)).path("items");
        if (all.isEmpty()) {
            root.terminal().say("cli.newsletters.none");
        }
        all.forEach(one -> line(root, one));
        return 0;
    }

    private static void line(TocsinCommand root, JsonNode one) {
        JsonNode texts = one.path("texts");
        String main = one.path("mainLanguage").asText();
        root.terminal()
                .say(
                        "cli.newsletters.one",
                        "id",
                        one.path("id").asText(),
                        "state",
                        root.terminal().word("newsletter.states", one.path("state")),
                        "subject",
                        texts.path(main).path("subject").asText());
    }

    static int shown(TocsinCommand root, JsonNode one) {
        line(root, one);
        if (!one.path("reason").isNull()) {
            root.terminal().line("  " + one.path("reason").asText());
        }
        for (Map.Entry<String, JsonNode> count : one.path("counts").properties()) {
            if (count.getValue().asLong() > 0) {
                root.terminal()
                        .say(
                                "cli.newsletters.count",
                                "number",
                                count.getValue().asLong(),
                                "state",
                                root.terminal().word("desk.newsletter.send", TextNode.valueOf(count.getKey())));
            }
        }
        one.path("waiting").forEach(why -> root.terminal().line("  " + why.asText()));
        return 0;
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

    /** Tells how far one is. */
    @Command(name = "show", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Show(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return shown(root, root.api().get(Api.path(AREA, id)));
        }
    }

    /** Prints one as its readers will get it. */
    @Command(name = "preview", mixinStandardHelpOptions = true)
    static final class Preview implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--language", paramLabel = "LANGUAGE")
        private String language = "fr";

        private final TocsinCommand root;

        Preview(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode preview = root.api().get(Api.path(AREA, id, "preview") + "?language=" + Api.encoded(language));
            root.terminal().line(preview.path("subject").asText());
            root.terminal().line("");
            root.terminal().line(preview.path("text").asText());
            return 0;
        }
    }

    /** Sends one letter of it to an address of the team. */
    @Command(name = "test", mixinStandardHelpOptions = true)
    static final class Test implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Parameters(index = "1", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private String address = "";

        @Option(names = "--language", paramLabel = "LANGUAGE")
        private String language = "fr";

        private final TocsinCommand root;

        Test(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            JsonNode answer = api.post(
                    Api.path(AREA, id, "test"),
                    api.object().put("address", address).put("language", language));
            boolean taken = answer.path("failure").isNull();
            if (taken) {
                root.terminal().say("cli.newsletters.tested");
            } else {
                root.terminal().line(answer.path("failure").asText());
            }
            return taken ? 0 : 1;
        }
    }

    /** Has it go out. */
    @Command(name = "send", mixinStandardHelpOptions = true)
    static final class Send implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--at", paramLabel = "DATE")
        private @Nullable String at;

        @Option(names = "--zone", paramLabel = "ZONE")
        private @Nullable String zone;

        private final TocsinCommand root;

        Send(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            ObjectNode body = api.object()
                    .put("version", api.get(Api.path(AREA, id)).path("version").asLong());
            if (at != null) {
                body.put("at", Typed.time(at));
            }
            if (zone != null) {
                body.put("zone", zone);
            }
            return shown(root, api.post(Api.path(AREA, id, "send"), body));
        }
    }

    static int turn(TocsinCommand root, String id, String what) {
        Api api = root.api();
        return shown(root, api.post(Api.path(AREA, id, what), api.object()));
    }

    /** Stops it for now. */
    @Command(name = "pause", mixinStandardHelpOptions = true)
    static final class Pause implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Pause(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return turn(root, id, "pause");
        }
    }

    /** Has it go on. */
    @Command(name = "resume", mixinStandardHelpOptions = true)
    static final class Resume implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Resume(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return turn(root, id, "resume");
        }
    }

    /** Stops it for good. */
    @Command(name = "stop", mixinStandardHelpOptions = true)
    static final class Stop implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Stop(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return turn(root, id, "stop");
        }
    }
}
