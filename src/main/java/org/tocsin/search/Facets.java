package org.tocsin.search;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.tocsin.analysis.Analysis;

/** What was found, counted by what it may be narrowed to. */
public final class Facets {
    /** More values of one sort help nobody to choose. */
    private static final int MOST = 20;

    private final Map<String, Integer> networks = new HashMap<>();
    private final Map<String, Integer> sources = new HashMap<>();
    private final Map<String, Integer> languages = new HashMap<>();
    private final Map<String, Integer> tags = new HashMap<>();
    private final Map<String, Integer> watches = new HashMap<>();
    private final TreeMap<LocalDate, Integer> days = new TreeMap<>(Comparator.reverseOrder());

    Facets() {}

    void add(Found found, String network, Analysis analysis, ZoneId zone) {
        networks.merge(network, 1, Integer::sum);
        sources.merge(found.mention().sourceId(), 1, Integer::sum);
        String language = found.mention().heard().language();
        if (language != null) {
            languages.merge(language, 1, Integer::sum);
        }
        found.mention().heard().tags().stream()
                .map(analysis::tag)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .forEach(tag -> tags.merge(tag, 1, Integer::sum));
        found.watches().forEach(hit -> watches.merge(hit.watchId(), 1, Integer::sum));
        days.merge(LocalDate.ofInstant(found.mention().at(), zone), 1, Integer::sum);
    }

    public Map<String, Integer> networks() {
        return most(networks);
    }

    /** @return by id */
    public Map<String, Integer> sources() {
        return most(sources);
    }

    public Map<String, Integer> languages() {
        return most(languages);
    }

    /** @return folded, without their signs; those that the source gave beside the text */
    public Map<String, Integer> tags() {
        return most(tags);
    }

    /** @return by id; some may have been removed since */
    public Map<String, Integer> watches() {
        return most(watches);
    }

    /** @return the newest first */
    public Map<LocalDate, Integer> days() {
        return new LinkedHashMap<>(days);
    }

    private static Map<String, Integer> most(Map<String, Integer> counts) {
        Map<String, Integer> most = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .forEach(one -> most.put(one.getKey(), one.getValue()));
        return most;
    }
}
