package org.tocsin.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The audit trail says nothing for which the desk has no words. */
class AuditedTest {
    private static final Pattern CALL =
            Pattern.compile("(?s)(?:audit|audit\\(\\)|failures)\\.add\\(.{0,160}?\"([a-z]+\\.[a-z.-]+)\"");

    @Test
    void each_action_has_its_words() throws IOException {
        Set<String> said = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                CALL.matcher(Files.readString(file)).results().forEach(found -> said.add(found.group(1)));
            }
        }
        assertThat(said).hasSizeGreaterThan(60).contains("post.submit", "user.sign-in-failed");
        // A call that is handed its action has a message of its own within reach.
        Set<String> kinds = Set.copyOf(Audited.KINDS);
        List<String> missing = said.stream()
                .filter(action -> kinds.contains(action.substring(0, action.indexOf('.'))))
                .filter(action -> !Audited.ACTIONS.contains(action))
                .filter(action -> !action.endsWith(".changed"))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void each_kind_has_actions_and_each_action_a_kind() {
        assertThat(Audited.ACTIONS.stream()
                        .map(action -> action.substring(0, action.indexOf('.')))
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(Audited.KINDS));
    }
}
