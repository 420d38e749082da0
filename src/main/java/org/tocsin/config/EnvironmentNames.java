package org.tocsin.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names in the environment that begin with {@code TOCSIN_} and mean something: the one list of them. */
final class EnvironmentNames {
    private static final String OURS = "TOCSIN_";

    /** Kubernetes and older Docker links make these for a service that is called tocsin; they are nobody's mistake. */
    private static final Pattern PLATFORM =
            Pattern.compile("TOCSIN_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT(_\\d+_(TCP|UDP|SCTP)(_[A-Z]+)?)?|NAME)");

    private EnvironmentNames() {}

    /** @return every name that is read; a secret may also come from the file that {@code …_FILE} names */
    static Set<String> known() {
        Set<String> names = Arrays.stream(Setting.values())
                .map(Setting::environment)
                .collect(Collectors.toCollection(TreeSet::new));
        Arrays.stream(Setting.values())
                .filter(setting -> setting.type() == Setting.Type.SECRET)
                .forEach(setting -> names.add(setting.environment() + "_FILE"));
        return names;
    }

    /** @return those that nobody reads, each with the known name that is nearest to it */
    static Map<String, String> unknown(Collection<String> given) {
        Set<String> known = known();
        Map<String, String> unknown = new TreeMap<>();
        for (String name : given) {
            if (name.startsWith(OURS)
                    && !known.contains(name)
                    && !PLATFORM.matcher(name).matches()) {
                unknown.put(
                        name,
                        known.stream()
                                .min(Comparator.comparingInt(other -> distance(name, other)))
                                .orElseThrow());
            }
        }
        return unknown;
    }

    /** How many letters have to be added, removed or replaced (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
