package org.tocsin.publishing;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.tocsin.network.Channel;
import org.tocsin.post.Campaign;

/**
 * What people call channels and campaigns in a table: by their names, be they written with other capitals or without accents, or by their
 * ids. A name that two of them have stands for neither.
 *
 * @param channels  ids by folded name
 * @param campaigns ids by folded name
 */
record TableNames(Map<String, String> channels, Map<String, String> campaigns) {
    static TableNames of(List<Channel> channels, List<Campaign> campaigns) {
        return new TableNames(ids(channels, Channel::id, Channel::name), ids(campaigns, Campaign::id, Campaign::name));
    }

    private static <T> Map<String, String> ids(List<T> all, Function<T, String> id, Function<T, String> name) {
        Map<String, String> ids = new HashMap<>();
        all.forEach(one -> ids.merge(folded(name.apply(one)), id.apply(one), (first, second) -> ""));
        ids.values().removeIf(String::isEmpty);
        // An id is what it says, whatever else is called so.
        all.forEach(one -> ids.put(folded(id.apply(one)), id.apply(one)));
        return ids;
    }

    /**
     * @param cell ids or names, parted by commas or semicolons; ids by blanks as well
     * @return ids; what is known by no name stays as it is written, and is refused as an unknown channel
     */
    List<String> channels(String cell) {
        return Arrays.stream(cell.split("[,;]"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .flatMap(part -> {
                    String id = channels.get(folded(part));
                    return id == null ? Arrays.stream(part.split("\\s+")) : Arrays.stream(new String[] {id});
                })
                .map(part -> part.equals("all") ? "*" : Objects.requireNonNullElse(channels.get(folded(part)), part))
                .toList();
    }

    /** @return the id; what is known by no name stays as it is written */
    String campaign(String cell) {
        return Objects.requireNonNullElse(campaigns.get(folded(cell)), cell);
    }

    private static String folded(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
