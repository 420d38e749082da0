package org.tocsin.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
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

    /** @return those that nobody reads */
    static Set<String> unknown(Collection<String> given) {
        Set<String> known = known();
        return given.stream()
                .filter(name -> name.startsWith(OURS)
                        && !known.contains(name)
                        && !PLATFORM.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
