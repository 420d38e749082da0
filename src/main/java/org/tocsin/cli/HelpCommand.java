package org.tocsin.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the help of a command, however deep: picocli's own knows only those of the first level. */
@Command(name = "help", helpCommand = true, mixinStandardHelpOptions = true)
final class HelpCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "COMMAND", descriptionKey = "COMMAND")
    private List<String> names = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine shown = spec.root().commandLine();
        for (String name : names) {
            CommandLine next = shown.getSubcommands().get(name);
            if (next == null) {
                throw new CommandLine.UnmatchedArgumentException(shown, List.of(name));
            }
            shown = next;
        }
        shown.usage(shown.getOut());
        return 0;
    }
}
