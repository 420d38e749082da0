package org.tocsin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drafts of newsletters. */
final class NewslettersWriting {
    private static final String AREA = "newsletters";

    private NewslettersWriting() {}

    /** Makes a draft of a text. */
    @Command(name = "create", mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
        private Path file = Path.of("");

        @Option(names = "--subject", paramLabel = "TEXT", required = true)
        private String subject = "";

        @Option(names = "--preheader", paramLabel = "TEXT")
        private @Nullable String preheader;

        @Option(names = "--language", paramLabel = "LANGUAGE")
        private String language = "fr";

        @Option(names = "--topic", paramLabel = "ID", split = ",")
        private List<String> topics = new ArrayList<>();

        @Option(names = "--to-language", paramLabel = "LANGUAGE", split = ",")
        private List<String> languages = new ArrayList<>();

        @Option(names = "--link", paramLabel = "CODE", split = ",")
        private List<String> links = new ArrayList<>();

        @Option(names = "--reach", paramLabel = "REACH", split = ",")
        private List<String> reaches = new ArrayList<>();

        @Option(names = "--also-post")
        private boolean alsoPost;

        private final TocsinCommand root;

        Create(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() throws IOException {
            if (!Files.isReadable(file)) {
                throw new CommandFault(Message.of("cli.import.file", "file", file));
            }
            ObjectNode body = root.api().object();
            body.putObject("texts")
                    .putObject(language)
                    .put("subject", subject)
                    .put("preheader", preheader)
                    .put("body", Files.readString(file));
            body.put("mainLanguage", language);
            ObjectNode segment = body.putObject("segment");
            all(segment.putArray("topics"), topics);
            all(segment.putArray("languages"), languages);
            all(segment.putArray("links"), links);
            all(
                    segment.putArray("reaches"),
                    reaches.stream().map(one -> one.toUpperCase(Locale.ROOT)).toList());
            body.put("alsoPost", alsoPost);
            return NewslettersCommand.shown(root, root.api().post(Api.path(AREA), body));
        }

        private static void all(ArrayNode array, List<String> values) {
            values.forEach(array::add);
        }
    }

    /** Makes a draft of what was published since a day. */
    @Command(name = "of-posts", mixinStandardHelpOptions = true)
    static final class OfPosts implements Callable<Integer> {
        @Option(names = "--since", paramLabel = "DATE", required = true)
        private String since = "";

        @Option(names = "--subject", paramLabel = "TEXT", required = true)
        private String subject = "";

        @Option(names = "--language", paramLabel = "LANGUAGE")
        private String language = "fr";

        private final TocsinCommand root;

        OfPosts(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ObjectNode body = root.api()
                    .object()
                    .put("since", since)
                    .put("subject", subject)
                    .put("language", language);
            return NewslettersCommand.shown(root, root.api().post(Api.path(AREA, "of-posts"), body));
        }
    }

    /** Takes a plan back: it is a draft again. */
    @Command(name = "unschedule", mixinStandardHelpOptions = true)
    static final class Unschedule implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Unschedule(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return NewslettersCommand.turn(root, id, "unschedule");
        }
    }

    /** Decides on letters of which nobody knows whether they arrived. */
    @Command(name = "decide", mixinStandardHelpOptions = true)
    static final class Decide implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Parameters(index = "1", paramLabel = "DECISION", descriptionKey = "DECISION")
        private String decision = "";

        private final TocsinCommand root;

        Decide(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            boolean again = decision.equalsIgnoreCase("again");
            if (!again && !decision.equalsIgnoreCase("leave")) {
                throw new CommandFault(Message.of("cli.newsletters.decision", "value", decision));
            }
            ObjectNode body = root.api().object().put("again", again);
            return NewslettersCommand.shown(root, root.api().post(Api.path(AREA, id, "unknown"), body));
        }
    }
}
