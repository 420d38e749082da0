package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows posts, and takes them back. */
@Command(
        name = "posts",
        description = "List posts, show one, correct or delete one.",
        mixinStandardHelpOptions = true,
        subcommands = {PostsCommand.Show.class, PostsCommand.Delete.class, PostsCommand.Correct.class})
final class PostsCommand implements Callable<Integer> {
    @Option(names = "--limit", description = "how many", defaultValue = "20")
    private int limit;

    private final TocsinCommand root;

    PostsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        for (JsonNode post : root.api().get("/api/v1/posts?limit=" + limit).path("items")) {
            root.terminal()
                    .line(post.path("id").asText() + "  " + post.path("state").asText() + "  "
                            + post.path("text").asText().replace('\n', ' '));
        }
        return 0;
    }

    private static void show(TocsinCommand root, JsonNode post) {
        root.terminal().line(post.path("text").asText());
        post.path("deliveries").forEach(delivery -> Deliveries.show(root.terminal(), delivery));
    }

    /** Shows one post. */
    @Command(name = "show", description = "Show one post and its deliveries.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Parameters(description = "the post's id")
        private String id = "";

        private final TocsinCommand root;

        Show(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            show(root, root.api().get("/api/v1/posts/" + id));
            return 0;
        }
    }

    /** Takes a post back. */
    @Command(name = "delete", description = "Delete a post everywhere.", mixinStandardHelpOptions = true)
    static final class Delete implements Callable<Integer> {
        @Parameters(description = "the post's id")
        private String id = "";

        private final TocsinCommand root;

        Delete(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode answer = root.api().delete("/api/v1/posts/" + id, null);
            show(root, answer);
            if (!answer.path("undecided").isEmpty()) {
                root.terminal().say("cli.posts.undecided");
                return 1;
            }
            return 0;
        }
    }

    /** Publishes an erratum. */
    @Command(
            name = "correct",
            description = "Publish an erratum where the post is out.",
            mixinStandardHelpOptions = true)
    static final class Correct implements Callable<Integer> {
        @Parameters(index = "0", description = "the post's id")
        private String id = "";

        @Parameters(index = "1", description = "the text of the erratum")
        private @Nullable String text;

        private final TocsinCommand root;

        Correct(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            show(root, api.post("/api/v1/posts/" + id + "/correct", api.object().put("text", text)));
            return 0;
        }
    }
}
