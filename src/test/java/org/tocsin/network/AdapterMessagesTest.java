package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterMessagesTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-zA-Z]+}");

    @ParameterizedTest
    @ValueSource(strings = {"telegram", "x"})
    void every_code_of_an_adapter_has_a_text_in_both_languages_and_none_is_idle(String area) throws IOException {
        Properties english = load(area, "en");
        Properties french = load(area, "fr");
        assertThat(french.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames()).isEqualTo(used(area)).allSatisfy(code -> {
            assertThat(placeholders(french.getProperty(code))).isEqualTo(placeholders(english.getProperty(code)));
            assertThat(french.getProperty(code)).doesNotContainPattern(" [;:!?»]|« |'");
        });
    }

    private static Set<String> used(String area) throws IOException {
        Pattern literal = Pattern.compile("\"(" + area + "\\.(?!me\"|com\")[a-z]+[a-z.-]*)\"");
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/tocsin/network", area))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                literal.matcher(Files.readString(file)).results().forEach(match -> codes.add(match.group(1)));
            }
        }
        return codes;
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Properties load(String area, String language) throws IOException {
        Properties texts = new Properties();
        Path file = Path.of("src/main/resources/messages/" + area + "_" + language + ".properties");
        texts.load(Files.newBufferedReader(file));
        return texts;
    }
}
