package org.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description of the API names every endpoint, and none that is not there. */
class OpenApiTest {
    private static final Pattern ENDPOINT = Pattern.compile(
            "(?:Endpoint\\.(get|post|delete|put|patch)\\(\\s*\"([^\"]+)\"|new Endpoint\\(\\s*\"([A-Z]+)\",\\s*\"([^\"]+)\")");

    @Test
    void the_description_and_the_endpoints_are_the_same() throws IOException {
        assertThat(described()).isEqualTo(served());
    }

    private static Set<String> described() throws IOException {
        Set<String> all = new TreeSet<>();
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi.json")) {
            JsonNode paths = new ObjectMapper().readTree(in).path("paths");
            paths.properties()
                    .forEach(path -> path.getValue()
                            .fieldNames()
                            .forEachRemaining(method -> all.add(method + " " + path.getKey())));
        }
        // Feeds, pages and pictures are handed to the web as files; their paths are listed by FeedFiles.
        all.removeIf(path -> path.contains("/feeds/") || path.contains("/p/") || path.contains("get /media/"));
        return all;
    }

    private static Set<String> served() throws IOException {
        Set<String> all = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/org/tocsin/web"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher matcher = ENDPOINT.matcher(Files.readString(file));
                while (matcher.find()) {
                    String method = matcher.group(1) != null
                            ? matcher.group(1)
                            : matcher.group(3).toLowerCase(Locale.ROOT);
                    String path = matcher.group(2) != null ? matcher.group(2) : matcher.group(4);
                    if (!path.equals("/metrics")) {
                        all.add(method + " " + path.replaceAll(":([a-z]+)", "{$1}"));
                    }
                }
            }
        }
        return all;
    }
}
