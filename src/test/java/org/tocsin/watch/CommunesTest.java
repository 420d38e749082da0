package org.tocsin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tocsin.analysis.Analysis;
import org.tocsin.mention.Item;

/** The official names of communes as watches: each rings for its usual spellings, and for no other's. */
class CommunesTest {
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}");
    private static final Analysis ANALYSIS = new Analysis();

    private static List<String> names;
    private static WatchIndex index;

    @BeforeAll
    static void save() throws IOException {
        names = Files.readAllLines(Path.of("src/test/resources/communes/communes.txt"));
        index = new WatchIndex(ANALYSIS, WordLists.none(), Rarity.byLength(), System::nanoTime, WatchIndex.BUDGET);
        List<Quarantined> aside = index.load(names.stream()
                .map(name -> new StoredWatch(name, 1, "\"" + name + "\"", "main"))
                .toList());
        assertThat(aside).isEmpty();
    }

    private static String plain(String name) {
        return ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD))
                .replaceAll("")
                .replace("œ", "oe")
                .replace("Œ", "Oe")
                .replace("æ", "ae");
    }

    /** The words of a name, as one says them: accents, case, hyphens, articles that are elided and the long form of Saint say nothing. */
    private static String said(String name) {
        return " "
                + Stream.of(plain(name).toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                        .filter(word -> !word.isEmpty() && !word.equals("l") && !word.equals("d"))
                        .map(word -> word.equals("saint") ? "st" : word.equals("sainte") ? "ste" : word)
                        .collect(Collectors.joining(" "))
                + " ";
    }

    private static Map<String, String> spellings(String name) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("as it is", name);
        all.put("curly", name.replace('\'', '’'));
        all.put("capitals", name.toUpperCase(Locale.ROOT));
        all.put("no accents", plain(name));
        all.put("lower case", name.toLowerCase(Locale.ROOT));
        all.put("blanks", name.replace('-', ' '));
        all.put("decomposed", Normalizer.normalize(name, Normalizer.Form.NFD));
        if (name.contains("Saint")) {
            all.put("St", name.replace("Saint", "St"));
            all.put("St with blanks", name.replace("Saint", "St").replace('-', ' '));
        }
        if (!name.contains("'")) {
            StringBuilder tag = new StringBuilder("#");
            for (String word : name.split("[- ]")) {
                tag.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
            all.put("tag", tag.toString());
        }
        return all;
    }

    private static Set<String> rung(String text) {
        return index.match(Heard.of(Item.of(text), ANALYSIS)).matches().stream()
                .map(Match::watchId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void each_usual_spelling_rings_its_watch_and_those_whose_name_is_in_it() {
        List<String> wrong = new ArrayList<>();
        for (String name : names) {
            Set<String> expected = names.stream()
                    .filter(other -> said(name).contains(said(other)))
                    .collect(Collectors.toCollection(TreeSet::new));
            spellings(name).forEach((how, spelling) -> {
                Set<String> rung = rung("On en parle ici : " + spelling + ", ce soir.");
                if (!rung.equals(expected)) {
                    wrong.add(how + " " + spelling + " rang " + rung + " instead of " + expected);
                }
            });
        }
        assertThat(wrong).isEmpty();
    }
}
