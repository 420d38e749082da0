package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows posts, and takes them back. */
@Command(
        name = "posts",
        mixinStandardHelpOptions = true,
        subcommands = {
            PostsCommand.ListAll.class,
            PostsCommand.Show.class,
            PostsCommand.Delete.class,
            PostsApproveCommand.class,
            PostsApproveCommand.Decline.class,
            PostsCorrectCommand.class,
            PostsEditCommand.class,
            PostsImportCommand.class
        })
final class PostsCommand implements Callable<Integer> {
    @Option(names = "--limit", paramLabel = "N", defaultValue = "20")
    private int limit;

    private final TocsinCommand root;

    PostsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root, limit);
    }

    private static int list(TocsinCommand root, int limit) {
        Api.Listed listed = root.api().list("/api/v1/posts", limit);
        for (JsonNode post : listed.items()) {
            Terminal terminal = root.terminal();
            terminal.line(String.join(
                    "  ",
                    post.path("id").asText(),
                    terminal.word("web.post", post.path("state")),
                    terminal.time(post.path(post.path("at").isTextual() ? "at" : "createdAt")),
                    Terminal.excerpt(post.path("text").asText())));
        }
        if (listed.items().isEmpty()) {
            root.terminal().say("cli.none");
        }
        if (listed.more()) {
            root.terminal().say("cli.more", "count", listed.items().size());
        }
        return 0;
    }

    static void show(TocsinCommand root, JsonNode post) {
        Terminal terminal = root.terminal();
        terminal.line(post.path("text").asText());
        detail(terminal, "cli.show.at", "at", terminal.time(post.path("at")));
        detail(terminal, "cli.show.author", "author", text(post.path("author")));
        detail(terminal, "cli.show.campaign", "campaign", text(post.path("campaign")));
        detail(terminal, "cli.dry-run.warning", "text", warning(post));
        DryRun.images(terminal, post.path("media"));
        long brought = post.path("confirmedSubscribers").asLong();
        if (brought > 0) {
            DryRun.indented(terminal, "cli.show.brought", "count", brought);
        }
        post.path("deliveries").forEach(delivery -> Deliveries.show(root.terminal(), delivery));
    }

    private static void detail(Terminal terminal, String code, String name, String value) {
        if (!value.isBlank()) {
            DryRun.indented(terminal, code, name, value);
        }
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : "";
    }

    /** @return the content warning of the post, or that under which its first part goes out; empty where there is none */
    private static String warning(JsonNode post) {
        String own = text(post.path("contentWarning"));
        return own.isBlank()
                ? text(post.path("deliveries").path(0).path("segments").path(0).path("contentWarning"))
                : own;
    }

    /** Lists posts. */
    @Command(name = "list", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @Option(names = "--limit", paramLabel = "N", defaultValue = "20")
        private int limit;

        private final TocsinCommand root;

        ListAll(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return list(root, limit);
        }
    }

    /** Shows one post. */
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
            show(root, root.api().get(Api.path("posts", id)));
            return 0;
        }
    }

    /** Takes a post back. */
    @Command(name = "delete", mixinStandardHelpOptions = true)
    static final class Delete implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Delete(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode answer = root.api().delete(Api.path("posts", id), null);
            show(root, answer);
            answer.path("errata").forEach(erratum -> root.terminal().say("cli.posts.erratum", "id", erratum.asText()));
            if (!answer.path("undecided").isEmpty()) {
                root.terminal().say("cli.posts.undecided");
                return 1;
            }
            if (answer.path("state").asText().equals("DELETING")) {
                root.terminal().say("cli.posts.deleting", "id", id);
            }
            return 0;
        }
    }
}
