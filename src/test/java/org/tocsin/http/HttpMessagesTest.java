package org.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HttpMessagesTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-zA-Z]+}");

    @Test
    void every_message_is_in_both_languages_with_the_same_placeholders() throws IOException {
        Properties english = load("en");
        Properties french = load("fr");
        assertThat(french.stringPropertyNames())
                .isEqualTo(english.stringPropertyNames())
                .hasSizeGreaterThan(8);
        assertThat(english.stringPropertyNames())
                .allSatisfy(code -> assertThat(placeholders(french.getProperty(code)))
                        .isEqualTo(placeholders(english.getProperty(code))));
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Properties load(String language) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(
                        HttpMessagesTest.class.getResourceAsStream("/messages/http_" + language + ".properties")),
                StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
