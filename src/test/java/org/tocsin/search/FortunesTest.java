package org.tocsin.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;
import org.tocsin.watch.Heard;
import org.tocsin.watch.Match;
import org.tocsin.watch.Matches;
import org.tocsin.watch.Rarity;
import org.tocsin.watch.ReferenceWatch;
import org.tocsin.watch.StoredWatch;
import org.tocsin.watch.WatchIndex;
import org.tocsin.watch.WordLists;
import org.tocsin.watch.keeping.Items;

/**
 * What people really write, in a dozen languages: the texts of Debian's {@code fortunes-*} packages as posts, the official names of communes as
 * watches. Matcher, exhaustive evaluation and search agree, nothing throws and nothing is set aside. The texts are read where they are
 * installed; their licences differ, and none of them is part of this project.
 */
class FortunesTest {
    private static final Path FORTUNES = Path.of("/usr/share/games/fortunes");
    /** Of each file, so that no language drowns the others; and in all. */
    private static final int OF_FILE = 6;

    private static final int POSTS = 800;
    /** What stands between two texts (fortune(6)). */
    private static final String PART = "(?m)^%\\R";

    private static List<String> texts() throws IOException {
        if (!Files.isDirectory(FORTUNES)) {
            return List.of();
        }
        Map<Path, List<String>> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(FORTUNES)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(".dat") && !name.endsWith(".u8")) {
                    files.put(file, some(file));
                }
            }
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < OF_FILE; i++) {
            for (List<String> some : files.values()) {
                if (i < some.size() && texts.size() < POSTS) {
                    texts.add(some.get(i));
                }
            }
        }
        return texts;
    }

    /** Whatever is no UTF-8 comes as it would from a careless server. */
    private static List<String> some(Path file) throws IOException {
        return Stream.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split(PART, OF_FILE * 3))
                .map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() < 3_000)
                .limit(OF_FILE)
                .toList();
    }

    private static Set<String> scripts(List<String> texts) {
        return texts.stream()
                .flatMapToInt(String::codePoints)
                .filter(Character::isLetter)
                .mapToObj(c -> Character.UnicodeScript.of(c).name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void texts_of_many_languages_are_matched_and_found_alike(@TempDir Path folder) throws IOException {
        List<String> texts = texts();
        assumeTrue(
                texts.size() >= 200,
                "texts in many languages are not installed: apt-get install fortunes-de fortunes-es fortunes-it fortunes-pl fortunes-ru"
                        + " fortunes-zh …");
        List<String> names = Files.readAllLines(Path.of("src/test/resources/communes/communes.txt"));
        try (Library library = new Library(folder)) {
            WatchIndex index = new WatchIndex(
                    library.analysis, WordLists.none(), Rarity.byLength(), System::nanoTime, WatchIndex.BUDGET);
            assertThat(index.load(names.stream()
                            .map(name -> new StoredWatch(name, 1, quoted(name), "main"))
                            .toList()))
                    .isEmpty();
            for (int i = 0; i < texts.size(); i++) {
                // Every third one speaks of a commune, in the midst of another language.
                String text = i % 3 == 0 ? texts.get(i) + " " + names.get(i / 3 % names.size()) : texts.get(i);
                HeardItem post = Library.post("f" + i, text);
                library.say(post);
            }
            library.settle();
            List<Mention> log = library.log();
            assertThat(log).hasSize(texts.size());
            assertThat(library.store.<List<?>>read(tx -> library.sources.aside(tx, Library.PRESS.id(), 20)))
                    .isEmpty();

            Map<String, Set<String>> matched = new LinkedHashMap<>();
            Map<String, Set<String>> reference = new LinkedHashMap<>();
            List<ReferenceWatch> watches = names.stream()
                    .map(name -> new ReferenceWatch(quoted(name), library.analysis))
                    .toList();
            int hits = 0;
            for (Mention mention : log) {
                var item = Items.of(mention, "mastodon");
                Matches found = index.match(Heard.of(item, library.analysis));
                assertThat(found.complete()).isTrue();
                for (Match match : found.matches()) {
                    matched.computeIfAbsent(match.watchId(), _ -> new TreeSet<>())
                            .add(mention.heard().nativeId());
                    hits++;
                }
                for (int i = 0; i < names.size(); i++) {
                    if (watches.get(i).test(item)) {
                        reference
                                .computeIfAbsent(names.get(i), _ -> new TreeSet<>())
                                .add(mention.heard().nativeId());
                    }
                }
            }
            System.out.println("fortunes: " + texts.size() + " texts, scripts " + scripts(texts) + ", "
                    + (long) texts.size() * names.size() + " pairs, " + hits + " hits");
            assertThat(matched).isEqualTo(reference);
            assertThat(matched.size()).isGreaterThan(100);
            for (String name : names) {
                Wanted wanted = new Wanted(
                        quoted(name), Instant.EPOCH, null, null, null, null, null, null, null, Wanted.Order.NEWEST);
                assertThat(new TreeSet<>(library.found(wanted)))
                        .as(name)
                        .isEqualTo(matched.getOrDefault(name, Set.of()));
            }
        }
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }
}
