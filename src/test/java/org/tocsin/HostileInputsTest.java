package org.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of hostile inputs is whole, and each test that it names is one that runs. */
class HostileInputsTest {
    private static final Pattern ROW = Pattern.compile("\\| B(\\d+) \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

    private static List<Matcher> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/hostile-inputs.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    /** Test classes by simple name. */
    private static Map<String, String> classes() throws IOException {
        Path root = Path.of("src/test/java");
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                String name = root.relativize(file).toString().replace('/', '.').replaceAll("\\.java$", "");
                found.put(name.substring(name.lastIndexOf('.') + 1), name);
            });
        }
        return found;
    }

    @Test
    void every_number_has_its_row_with_input_and_what_is_expected() throws IOException {
        assertThat(rows().stream().map(row -> Integer.valueOf(row.group(1))))
                .containsExactlyElementsOf(Stream.of(
                                IntStream.rangeClosed(51, 64),
                                IntStream.rangeClosed(75, 88),
                                IntStream.rangeClosed(98, 118))
                        .flatMap(IntStream::boxed)
                        .toList());
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.group(2)).as(row.group()).isNotBlank();
            assertThat(row.group(3)).as(row.group()).isNotBlank();
            assertThat(NAMED.matcher(row.group(4)).find()).as(row.group()).isTrue();
        });
    }

    @Test
    void every_test_that_is_named_is_there_and_runs() throws Exception {
        Map<String, String> classes = classes();
        List<String> missing = new ArrayList<>();
        for (Matcher row : rows()) {
            Matcher named = NAMED.matcher(row.group(4));
            while (named.find()) {
                String type = classes.get(named.group(1));
                if (type == null
                        || !NamedTests.runs(
                                Class.forName(type, false, getClass().getClassLoader()), named.group(2))) {
                    missing.add("B" + row.group(1) + " " + named.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }
}
