package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Looks at everything that can be looked at, and says what is wrong. */
@Command(name = "doctor", mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final TocsinCommand root;

    DoctorCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonNode report = root.api().get("/api/v1/doctor");
        boolean well = true;
        for (JsonNode finding : report.path("findings")) {
            boolean good = finding.path("good").asBoolean();
            well &= good;
            root.terminal()
                    .say(
                            good ? "cli.doctor.good" : "cli.doctor.wrong",
                            "text",
                            finding.path("message").asText());
        }
        return well ? 0 : 1;
    }
}
