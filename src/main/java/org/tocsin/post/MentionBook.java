package org.tocsin.post;

import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Those whom posts mention, by name: letter case, the form of accents and the width of spaces make no difference. */
public final class MentionBook {
    private final Map<String, MentionEntry> entries;

    /**
     * @param entries one for each name
     * @throws IllegalArgumentException if two have the same name
     */
    public MentionBook(Collection<MentionEntry> entries) {
        Map<String, MentionEntry> byKey = new LinkedHashMap<>();
        for (MentionEntry entry : entries) {
            if (byKey.put(key(entry.name()), entry) != null) {
                throw new IllegalArgumentException("two entries have the name " + entry.name());
            }
        }
        this.entries = Map.copyOf(byKey);
    }

    /** @return the entry of that name */
    public Optional<MentionEntry> find(String name) {
        return Optional.ofNullable(entries.get(key(name)));
    }

    /** @return the form in which names are compared; a store can hold a unique index on it */
    public static String key(String name) {
        StringBuilder spaced = new StringBuilder();
        name.codePoints().forEach(c -> spaced.appendCodePoint(Spaces.space(c) ? ' ' : c));
        String one = spaced.toString().strip().replaceAll(" +", " ");
        // Upper case first: it takes together what lower case alone keeps apart (ς and σ, ß and ss).
        String folded = Normalizer.normalize(one, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }
}
