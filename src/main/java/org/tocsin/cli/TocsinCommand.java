package org.tocsin.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: the daemon itself, and commands to one that runs. */
@Command(
        name = "tocsin",
        mixinStandardHelpOptions = true,
        subcommands = {
            PostCommand.class,
            PostsCommand.class,
            DeliveriesCommand.class,
            ChannelsCommand.class,
            FreezeCommand.class,
            SlotsCommand.class,
            SourcesCommand.class,
            NewslettersCommand.class,
            ListsCommand.class,
            SearchCommand.class,
            WatchesCommand.class,
            VoiceCommand.class,
            WorkCommand.class,
            AlertsCommand.class,
            RecipientsCommand.class,
            NoticesCommand.class,
            PrivacyCommand.class,
            RightsCommand.class,
            SubscribersCommand.class,
            CampaignsCommand.class,
            MentionsCommand.class,
            AudienceCommand.class,
            EngagementCommand.class,
            UsersCommand.class,
            SetupLinkCommand.class,
            DoctorCommand.class,
            AuditCommand.class,
            HelpCommand.class
        })
public final class TocsinCommand implements Runnable {
    @Option(names = "--server", paramLabel = "URL", scope = CommandLine.ScopeType.INHERIT)
    private @Nullable String server;

    @Option(names = "--token-file", paramLabel = "FILE", scope = CommandLine.ScopeType.INHERIT)
    private @Nullable Path tokenFile;

    private static final String SERVE = "serve";
    private static final int UNAUTHORIZED = 401;

    private Runnable usage = () -> {};
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
        // The daemon needs none of the commands, and to make them all ready is a quarter of its start.
        boolean daemon = args.length == 1 && args[0].equals(SERVE);
        return daemon
                ? served(streams, serve)
                : line(streams, environment, serve).execute(args);
    }

    private static int served(CommandLineStreams streams, IntSupplier serve) {
        try {
            return serve.getAsInt();
        } catch (RuntimeException e) {
            streams.terminal().error(Message.of("cli.internal", "detail", e));
            return 1;
        }
    }

    static CommandLine line(CommandLineStreams streams, Map<String, String> environment, IntSupplier serve) {
        TocsinCommand root = new TocsinCommand(streams.terminal(), environment, serve);
        CommandLine line = new CommandLine(root, factory(root));
        line.addSubcommand(SERVE, new Serve(root));
        // A text may begin with a mention; only --variant names files with @.
        line.setExpandAtFiles(false);
        line.setResourceBundle(new HelpTexts(streams.locale()));
        line.setExecutionExceptionHandler(
                (exception, command, result) -> root.failed(exception, command.getCommandSpec()));
        line.setParameterExceptionHandler((wrong, given) -> misused(root, wrong));
        versions(line);
        line.setOut(writer(streams.out()));
        line.setErr(writer(streams.err()));
        root.usage = () -> line.usage(streams.out());
        return line;
    }

    /** Every command tells the same one: that which the build has written into the program. */
    private static void versions(CommandLine line) {
        String built = TocsinCommand.class.getPackage().getImplementationVersion();
        line.getCommandSpec().version("Tocsin " + (built == null ? "(development)" : built));
        line.getSubcommands().values().forEach(TocsinCommand::versions);
    }

    private static PrintWriter writer(PrintStream out) {
        return new PrintWriter(new OutputStreamWriter(out, out.charset()), true);
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

    private int failed(Exception exception, CommandLine.Model.CommandSpec command) {
        switch (exception) {
            case Api.Refusal refusal -> {
                terminal.problem(refusal.problem(), command);
                if (refusal.status() == UNAUTHORIZED) {
                    terminal.hint("cli.token.which", "file", tokenFile());
                }
            }
            case CommandFault fault -> terminal.error(fault.said());
            default -> terminal.error(Message.of("cli.internal", "detail", exception));
        }
        return 1;
    }

    private static int misused(TocsinCommand root, CommandLine.ParameterException wrong) {
        root.terminal.error(misuse(wrong));
        root.terminal.hint(
                "cli.usage.help",
                "command",
                wrong.getCommandLine().getCommandSpec().qualifiedName());
        return 2;
    }

    private static Message misuse(CommandLine.ParameterException wrong) {
        return switch (wrong) {
            case CommandLine.MissingParameterException missing ->
                Message.of(
                        missing.getMissing().stream().allMatch(CommandLine.Model.ArgSpec::isOption)
                                ? "cli.usage.valueless"
                                : "cli.usage.missing",
                        "what",
                        missing.getMissing().stream().map(TocsinCommand::name).collect(Collectors.joining(", ")));
            case CommandLine.UnmatchedArgumentException unmatched ->
                Message.of("cli.usage.unknown", "what", String.join(" ", unmatched.getUnmatched()));
            default -> {
                CommandLine.Model.ArgSpec spec = wrong.getArgSpec();
                yield spec == null
                        ? Message.of("cli.usage.wrong", "detail", String.valueOf(wrong.getMessage()))
                        : Message.of("cli.usage.value", "what", name(spec), "value", String.valueOf(wrong.getValue()));
            }
        };
    }

    private static String name(CommandLine.Model.ArgSpec spec) {
        return spec instanceof CommandLine.Model.OptionSpec option ? option.longestName() : spec.paramLabel();
    }

    @Override
    public void run() {
        usage.run();
    }

    Terminal terminal() {
        return terminal;
    }

    /** @return the API of the daemon that was named */
    Api api() {
        String port = environment.getOrDefault("TOCSIN_HTTP_PORT", "8080");
        URI address = address(Objects.requireNonNullElse(server, "http://127.0.0.1:" + port));
        return new Api(address, token(tokenFile()), terminal, Api.PATIENCE);
    }

    private Path tokenFile() {
        return Objects.requireNonNullElse(
                tokenFile, Path.of(environment.getOrDefault("TOCSIN_DATA", "data"), "api.token"));
    }

    private static String token(Path file) {
        try {
            String token = Files.readString(file).strip();
            if (!token.matches("[!-~]+")) {
                throw new CommandFault(Message.of("cli.token.none", "file", file));
            }
            return token;
        } catch (NoSuchFileException e) {
            throw new CommandFault(Message.of("cli.token.unreadable", "file", file));
        } catch (CharacterCodingException e) {
            throw new CommandFault(Message.of("cli.token.none", "file", file));
        } catch (IOException e) {
            throw new CommandFault(Message.of("cli.token.denied", "file", file));
        }
    }

    /** @return that a text came in another encoding than UTF-8, with the name of the variable that decides it, as setlocale(3) does */
    Message encoding() {
        String name = Stream.of("LC_ALL", "LC_CTYPE")
                .filter(one -> !environment.getOrDefault(one, "").isBlank())
                .findFirst()
                .orElse("LANG");
        return Message.of("cli.post.encoding", "name", name, "value", environment.getOrDefault(name, ""));
    }

    private static URI address(String typed) {
        try {
            URI address = URI.create(typed);
            if (address.getHost() != null && Set.of("http", "https").contains(String.valueOf(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Told below, as what has no host is.
        }
        throw new CommandFault(Message.of("cli.server", "value", typed));
    }

    /** Starts the daemon. */
    @Command(name = "serve", mixinStandardHelpOptions = true)
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
