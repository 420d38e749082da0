package org.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command, option and parameter is explained in both languages, and nothing else is. */
class HelpTextsTest {
    /** What picocli itself says, or every command has. */
    private static final Set<String> COMMON = Set.of(
            "usage.synopsisHeading",
            "usage.commandListHeading",
            "mixinStandardHelpOptions.help",
            "mixinStandardHelpOptions.version",
            "server",
            "token-file");

    private static CommandLine line(Locale locale) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return TocsinCommand.line(
                new CommandLineStreams(nowhere, nowhere, new BufferedReader(new StringReader("")), null, locale),
                Map.of(),
                () -> 0);
    }

    private static void keys(CommandLine line, Set<String> keys) {
        CommandSpec spec = line.getCommandSpec();
        String command = spec.qualifiedName(".");
        keys.add(command + ".usage.description");
        for (ArgSpec arg : spec.args()) {
            if (arg instanceof OptionSpec option) {
                String name = option.longestName().substring(2);
                boolean standard = option.usageHelp() || option.versionHelp() || COMMON.contains(name);
                if (!standard) {
                    keys.add(command + "." + name);
                }
            } else {
                keys.add(command + "." + arg.paramLabel());
            }
        }
        line.getSubcommands().values().forEach(sub -> keys(sub, keys));
    }

    @Test
    void every_command_option_and_parameter_is_explained_in_both_languages_and_nothing_else_is() {
        Set<String> wanted = new TreeSet<>(COMMON);
        keys(line(Locale.ENGLISH), wanted);
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.FRENCH}) {
            assertThat(new TreeSet<>(Collections.list(new HelpTexts(locale).getKeys())))
                    .as(locale.getLanguage())
                    .isEqualTo(wanted);
        }
    }

    private static void all(CommandLine line, List<CommandLine> lines) {
        lines.add(line);
        line.getSubcommands().values().forEach(sub -> all(sub, lines));
    }

    @Test
    void every_explanation_is_shown_and_broken_only_at_blanks() {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.FRENCH}) {
            HelpTexts texts = new HelpTexts(locale);
            List<CommandLine> lines = new ArrayList<>();
            all(line(locale), lines);
            for (CommandLine line : lines) {
                Set<String> keys = new TreeSet<>();
                CommandSpec spec = line.getCommandSpec();
                keys(line, keys);
                keys.removeIf(
                        key -> !key.matches(Pattern.quote(spec.qualifiedName(".")) + "\\.([^.]+|usage\\.description)"));
                keys.addAll(Set.of("server", "token-file", "mixinStandardHelpOptions.help"));
                String shown = line.getUsageMessage();
                Set<String> words = new TreeSet<>(List.of(shown.split("[ \n]+")));
                for (String key : keys) {
                    String text = texts.getString(key).replace("%n", " ");
                    assertThat(words).as(key).contains(text.split(" "));
                }
                assertThat(shown).doesNotContain("=<", "<String");
            }
        }
    }

    @Test
    void the_help_is_in_the_readers_language() {
        CommandLine french = line(Locale.FRENCH).getSubcommands().get("post");
        assertThat(french.getUsageMessage())
                .contains("Utilisation")
                .contains("Publie un texte sur les canaux.")
                .contains("fuseau horaire de --at")
                .contains("adresse du démon")
                .contains("Affiche cette aide")
                .doesNotContain("Usage:");
        assertThat(line(Locale.ENGLISH).getSubcommands().get("post").getUsageMessage())
                .contains("Usage:")
                .contains("time zone of --at");
    }
}
