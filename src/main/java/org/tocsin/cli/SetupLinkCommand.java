package org.tocsin.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A fresh link for the first person; earlier ones do not work any more. */
@Command(name = "setup-link", mixinStandardHelpOptions = true)
final class SetupLinkCommand implements Callable<Integer> {
    private final TocsinCommand root;

    SetupLinkCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Api api = root.api();
        UsersCommand.print(root, api.post("/api/v1/setup-link", api.object()));
        return 0;
    }
}
