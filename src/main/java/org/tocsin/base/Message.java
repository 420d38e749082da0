package org.tocsin.base;

import java.util.Map;
import java.util.TreeMap;

/**
 * Something said to a person: a code, stable over releases, and the values that go into its text. The texts are in
 * {@code messages/<area>_<language>.properties}, where the area is the code up to its first dot.
 *
 * @param code lower case, dotted: {@code area.subject.fault}
 * @param args values by the name of the placeholder; never a secret
 */
public record Message(String code, Map<String, String> args) {
    public Message {
        args = Map.copyOf(args);
    }

    /**
     * @param code   the code
     * @param pairs name, value, name, value …
     * @return the message
     */
    public static Message of(String code, Object... pairs) {
        Map<String, String> args = new TreeMap<>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            args.put(String.valueOf(pairs[i]), String.valueOf(pairs[i + 1]));
        }
        return new Message(code, args);
    }
}
