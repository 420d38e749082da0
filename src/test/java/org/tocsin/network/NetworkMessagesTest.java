package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message of the networks can be said, in both languages. */
class NetworkMessagesTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-zA-Z]+}");

    @ParameterizedTest
    @ValueSource(strings = {"network", "mastodon", "bluesky"})
    void every_code_in_the_sources_has_both_texts_and_every_text_is_used(String area) throws IOException {
        Properties english = load(area, "en");
        Properties french = load(area, "fr");
        assertThat(french.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        // What the desk says in its own words is said where the other is.
        Set<String> own = english.stringPropertyNames().stream()
                .filter(code -> !code.endsWith(".desk"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(codes(area)).isEqualTo(own);
        assertThat(english.stringPropertyNames())
                .allSatisfy(code -> assertThat(placeholders(french.getProperty(code)))
                        .isEqualTo(placeholders(english.getProperty(code))))
                .allSatisfy(code -> assertThat(french.getProperty(code))
                        .doesNotContainPattern("[^\\u202f] ?[;!?](\\s|$)")
                        .doesNotContain("'", " :"));
    }

    private static Set<String> codes(String area) throws IOException {
        Pattern code = Pattern.compile("\"(" + area + "\\.[a-z.-]+)\"");
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/org/tocsin/network"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                code.matcher(Files.readString(source)).results().forEach(match -> codes.add(match.group(1)));
            }
        }
        return codes;
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Properties load(String area, String language) throws IOException {
        Properties texts = new Properties();
        String path = "/messages/" + area + "_" + language + ".properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(NetworkMessagesTest.class.getResourceAsStream(path), path),
                StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
