package org.tocsin.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: the daemon itself, and commands to one that runs. */
@Command(
        name = "tocsin",
        description = "Post once, publish everywhere, never twice.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PostCommand.class,
            PostsCommand.class,
            DeliveriesCommand.class,
            ChannelsCommand.class,
            FreezeCommand.class,
            DoctorCommand.class
        })
public final class TocsinCommand implements Runnable {
    @Option(
            names = "--server",
            description = "address of the daemon (default: http://127.0.0.1:$TOCSIN_HTTP_PORT, or 8080)",
            scope = CommandLine.ScopeType.INHERIT)
    private @Nullable String server;

    @Option(
            names = "--token-file",
            description = "file that holds the API token (default: api.token in $TOCSIN_DATA, or data)",
            scope = CommandLine.ScopeType.INHERIT)
    private @Nullable Path tokenFile;

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final IntSupplier serve;

    private TocsinCommand(Terminal terminal, Map<String, String> environment, IntSupplier serve) {
        this.terminal = terminal;
        this.environment = environment;
        this.serve = serve;
    }

    /**
     * Runs a command.
     *
     * @param serve starts the daemon and returns when it has stopped, with the exit code
     * @return the exit code: 0 done, 1 refused, 2 wrong usage
     */
    public static int run(
            String[] args, CommandLineStreams streams, Map<String, String> environment, IntSupplier serve) {
        Terminal terminal = streams.terminal();
        TocsinCommand root = new TocsinCommand(terminal, environment, serve);
        CommandLine line = new CommandLine(root, factory(root));
        line.addSubcommand("serve", new Serve(root));
        line.setExecutionExceptionHandler((exception, command, result) -> root.failed(exception));
        return line.execute(args);
    }

    private static CommandLine.IFactory factory(TocsinCommand root) {
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                try {
                    return type.getDeclaredConstructor(TocsinCommand.class).newInstance(root);
                } catch (NoSuchMethodException e) {
                    return CommandLine.defaultFactory().create(type);
                }
            }
        };
    }

    private int failed(Exception exception) throws Exception {
        if (exception instanceof Api.Refusal refusal) {
            terminal.problem(refusal.problem());
            return 1;
        }
        if (exception instanceof CommandFault fault) {
            terminal.error(fault.said());
            return 1;
        }
        throw exception;
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    Terminal terminal() {
        return terminal;
    }

    /** @return the API of the daemon that was named */
    Api api() {
        String port = environment.getOrDefault("TOCSIN_HTTP_PORT", "8080");
        URI address = URI.create(Objects.requireNonNullElse(server, "http://127.0.0.1:" + port));
        Path file = Objects.requireNonNullElse(
                tokenFile, Path.of(environment.getOrDefault("TOCSIN_DATA", "data"), "api.token"));
        try {
            return new Api(address, Files.readString(file).strip(), terminal.locale());
        } catch (IOException e) {
            throw new CommandFault(Message.of("cli.token.unreadable", "file", file));
        }
    }

    /** Starts the daemon. */
    @Command(name = "serve", description = "Start the daemon.", mixinStandardHelpOptions = true)
    static final class Serve implements Callable<Integer> {
        private final TocsinCommand root;

        Serve(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return root.serve.getAsInt();
        }
    }
}
