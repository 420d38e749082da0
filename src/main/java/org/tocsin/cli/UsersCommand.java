package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The people of the team, for an administrator at a terminal. */
@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        subcommands = {UsersCommand.ListAll.class, UsersCommand.Reset.class})
final class UsersCommand implements Callable<Integer> {
    private final TocsinCommand root;

    UsersCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        JsonNode items = root.api().get("/api/v1/users").path("items");
        if (items.isEmpty()) {
            root.terminal().say("cli.users.none");
        }
        items.forEach(user -> root.terminal()
                .line(user.path("login").asText() + "  " + root.terminal().word("people.role", user.path("role")) + "  "
                        + user.path("name").asText()
                        + (user.path("enabled").asBoolean()
                                ? ""
                                : "  " + root.terminal().text("cli.users.shut"))));
        return 0;
    }

    /** Prints a link of an answer: the whole address where the daemon knows it, else that by which it was asked. */
    static void print(TocsinCommand root, JsonNode link) {
        root.terminal()
                .line(link.path("url")
                        .asText(root.api().address() + link.path("path").asText()));
    }

    /** Lists everyone. */
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

    /** A link with which somebody chooses a new password; or his second factor is removed, for he has lost it. */
    @Command(name = "reset", mixinStandardHelpOptions = true)
    static final class Reset implements Callable<Integer> {
        @Parameters(paramLabel = "LOGIN", descriptionKey = "LOGIN")
        private String login = "";

        @Option(names = "--second-factor")
        private boolean secondFactor;

        private final TocsinCommand root;

        Reset(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            String wanted = login.strip().toLowerCase(Locale.ROOT);
            for (JsonNode user : api.get("/api/v1/users").path("items")) {
                if (user.path("login").asText().equals(wanted)) {
                    String id = user.path("id").asText();
                    if (secondFactor) {
                        api.delete(Api.path("users", id, "second-factor"), null);
                        root.terminal().say("cli.users.factor", "login", wanted);
                    } else {
                        print(root, api.post(Api.path("users", id, "reset-link"), api.object()));
                    }
                    return 0;
                }
            }
            throw new CommandFault(Message.of("cli.users.unknown", "login", login));
        }
    }
}
