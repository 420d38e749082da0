package org.tocsin.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the law asks to be written down. */
@Command(name = "privacy", mixinStandardHelpOptions = true, subcommands = PrivacyCommand.Register.class)
final class PrivacyCommand implements Callable<Integer> {

    private final TocsinCommand root;

    PrivacyCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return register(root, null);
    }

    private static int register(TocsinCommand root, @Nullable String language) {
        String path = "/api/v1/privacy/register" + (language == null ? "" : "?language=" + Api.encoded(language));
        root.api().get(path).path("text").asText().lines().forEach(root.terminal()::line);
        return 0;
    }

    /** Prints the register of processing. */
    @Command(name = "register", mixinStandardHelpOptions = true)
    static final class Register implements Callable<Integer> {
        @Option(names = "--language", paramLabel = "fr|en", descriptionKey = "language")
        private @Nullable String language;

        private final TocsinCommand root;

        Register(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return register(root, language);
        }
    }
}
