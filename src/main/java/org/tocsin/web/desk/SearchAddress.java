package org.tocsin.web.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A search as an address: the same page with one bound more or less. A bound begins at the first page. */
record SearchAddress(Map<String, String> parameters) {
    static final List<String> BOUNDS = List.of("network", "source", "language", "tag", "watch");

    private static final List<String> ALL =
            List.of("q", "from", "to", "network", "source", "language", "tag", "watch", "kind", "sort");

    static SearchAddress of(Visit visit) {
        Map<String, String> parameters = new LinkedHashMap<>();
        ALL.forEach(name -> visit.query(name).ifPresent(value -> parameters.put(name, value)));
        return new SearchAddress(parameters);
    }

    String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    SearchAddress with(String name, String value) {
        Map<String, String> other = new LinkedHashMap<>(parameters);
        if (value.isEmpty()) {
            other.remove(name);
        } else {
            other.put(name, value);
        }
        return new SearchAddress(other);
    }

    /** @return the address of that page of the desk with these parameters */
    String at(String path) {
        return parameters.isEmpty()
                ? path
                : path + "?"
                        + parameters.entrySet().stream()
                                .map(one ->
                                        one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"));
    }

    /** @return the words of a watch that would match what is found, as far as its language goes; times are no words of it */
    String watch() {
        String words = get("q").strip();
        String bounds = BOUNDS.stream()
                .filter(name -> !get(name).isEmpty() && !name.equals("watch"))
                .map(name -> switch (name) {
                    case "language" -> "lang:" + get(name);
                    case "tag" -> "#" + get(name);
                    default -> "source:\"" + get(name) + "\"";
                })
                .collect(Collectors.joining(" "));
        if (words.isEmpty() || bounds.isEmpty()) {
            return words + bounds;
        }
        return grouped(words) + " " + bounds;
    }

    /** Brackets around the words of a watch, on a line of its own where a comment may end the last one. */
    static String grouped(String words) {
        return "(" + words + (words.contains("//") ? "\n)" : ")");
    }
}
