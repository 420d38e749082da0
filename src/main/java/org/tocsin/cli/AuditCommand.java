package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Verifies the audit trail. */
@Command(name = "audit", mixinStandardHelpOptions = true, subcommands = AuditCommand.Verify.class)
final class AuditCommand implements Callable<Integer> {
    private final TocsinCommand root;

    AuditCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return verify(root);
    }

    private static int verify(TocsinCommand root) {
        JsonNode proof = root.api().get("/api/v1/audit/verify");
        Terminal terminal = root.terminal();
        boolean whole = proof.path("whole").asBoolean();
        if (whole) {
            terminal.say(
                    "cli.audit.whole",
                    "rows",
                    proof.path("rows").asText(),
                    "checkpoints",
                    proof.path("checkpoints").asText());
        } else {
            terminal.say(
                    "cli.audit.broken",
                    "row",
                    proof.path("firstBroken").asText(),
                    "why",
                    proof.path("reason").asText());
        }
        terminal.say("cli.audit.key", "key", proof.path("publicKey").asText());
        return whole ? 0 : 1;
    }

    /** Says which row is the first that is not what it was. */
    @Command(name = "verify", mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        private final TocsinCommand root;

        Verify(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return verify(root);
        }
    }
}
