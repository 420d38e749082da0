package org.tocsin.watch.keeping;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.tocsin.analysis.Token;
import org.tocsin.mention.Mention;
import org.tocsin.watch.Anchor;
import org.tocsin.watch.Heard;
import org.tocsin.watch.Need;
import org.tocsin.watch.Plan;

/** Counts what words match. */
final class TrialTally {
    private static final int SAMPLES = 20;
    private static final int NOISY = 10;
    /** Shorter words are mostly articles and the like. */
    private static final int SHORT = 4;

    private final Plan plan;
    private final ZoneId zone;
    private final Set<String> asked;
    private final Map<LocalDate, Integer> days;
    private final Map<String, Integer> authors;
    private final Map<String, Integer> words;
    private final List<Trial.Sample> samples;
    private final Set<String> stories;
    private int hits;

    TrialTally(Plan plan, ZoneId zone) {
        this.plan = plan;
        this.zone = zone;
        this.asked = new HashSet<>();
        this.days = new TreeMap<>();
        this.authors = new HashMap<>();
        this.words = new HashMap<>();
        this.samples = new ArrayList<>();
        this.stories = new HashSet<>();
        ask(plan.need());
    }

    private void ask(Need need) {
        switch (need) {
            case Need.Nothing _ -> {}
            case Need.One(Anchor anchor) -> asked.add(anchor.key());
            case Need.All(List<Need> all) -> all.forEach(this::ask);
            case Need.Some(int least, List<Need> some) -> some.forEach(this::ask);
        }
    }

    void add(Mention mention, Heard heard) {
        if (!plan.matches(heard)) {
            return;
        }
        hits++;
        days.merge(LocalDate.ofInstant(mention.at(), zone), 1, Integer::sum);
        authors.merge(author(mention), 1, Integer::sum);
        Set<String> said = new HashSet<>();
        heard.title().tokens().forEach(token -> say(said, token));
        heard.text().tokens().forEach(token -> say(said, token));
        said.forEach(word -> words.merge(word, 1, Integer::sum));
        List<String> names = StoryNames.of(mention.heard(), heard);
        if (names.isEmpty() || names.stream().noneMatch(stories::contains)) {
            stories.add("mention:" + mention.id());
        }
        stories.addAll(names);
        if (samples.size() < SAMPLES) {
            samples.add(new Trial.Sample(mention, plan.hits(heard)));
        }
    }

    private void say(Set<String> said, Token token) {
        boolean plain = token.kind() == Token.Kind.WORD && !token.is(Token.GLUED) && !token.is(Token.DERIVED);
        boolean word = token.form().length() >= SHORT && token.form().chars().anyMatch(Character::isLetter);
        if (plain && word && !asked.contains(token.form())) {
            said.add(token.form());
        }
    }

    private static String author(Mention mention) {
        String handle = mention.heard().author().handle();
        String name = mention.heard().author().name();
        String url = mention.heard().author().url();
        return handle != null ? handle : name != null ? name : url != null ? url : "";
    }

    int hits() {
        return hits;
    }

    Map<LocalDate, Integer> days() {
        return days;
    }

    List<Trial.Sample> samples() {
        return samples;
    }

    /** @return how many stories were told */
    long told() {
        return stories.stream().filter(one -> one.startsWith("mention:")).count();
    }

    Map<String, Integer> authors() {
        return most(
                authors,
                Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
    }

    /**
     * @return words that stand beside those that were asked for, with how often: where the index tells how common a word is elsewhere, those
     *         that are more common here come first, and articles and the like are none of them
     */
    Map<String, Integer> words(LogIndex index) {
        Map<String, Double> noise = new HashMap<>();
        words.forEach((word, count) -> {
            OptionalDouble share = count < 2 ? OptionalDouble.empty() : index.share(word);
            double more = share.isPresent() ? Math.log((double) count / hits / share.getAsDouble()) : 1;
            if (count >= 2 && more > 0) {
                noise.put(word, count * more);
            }
        });
        Map<String, Integer> noisy = new HashMap<>();
        noise.keySet().forEach(word -> noisy.put(word, words.getOrDefault(word, 0)));
        return most(
                noisy,
                Comparator.<Map.Entry<String, Integer>>comparingDouble(one -> noise.getOrDefault(one.getKey(), 0.0))
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()));
    }

    private static Map<String, Integer> most(
            Map<String, Integer> counts, Comparator<Map.Entry<String, Integer>> order) {
        Map<String, Integer> most = new LinkedHashMap<>();
        counts.entrySet().stream()
                .filter(one -> !one.getKey().isEmpty())
                .sorted(order)
                .limit(NOISY)
                .forEach(one -> most.put(one.getKey(), one.getValue()));
        return most;
    }
}
