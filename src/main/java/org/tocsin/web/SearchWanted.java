package org.tocsin.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.mention.ItemKind;
import org.tocsin.search.Wanted;

/** What is looked for, as it stands in an address: {@code q}, bounds and order. */
public final class SearchWanted {
    private SearchWanted() {}

    /**
     * @param parameters by name; empty where there is none
     * @param zone       of days that stand in the place of instants
     * @throws FaultException INVALID, naming the parameter
     */
    public static Wanted of(Function<String, Optional<String>> parameters, ZoneId zone) {
        return new Wanted(
                parameters.apply("q").orElse(""),
                time(parameters, "from", zone, 0),
                time(parameters, "to", zone, 1),
                parameters.apply("network").orElse(null),
                parameters.apply("source").orElse(null),
                parameters.apply("language").orElse(null),
                parameters.apply("tag").orElse(null),
                parameters.apply("watch").orElse(null),
                value(parameters, "kind", ItemKind.values()).orElse(null),
                value(parameters, "sort", Wanted.Order.values()).orElse(Wanted.Order.NEWEST));
    }

    /** A day stands for all of it: from its beginning, to its end. */
    private static @Nullable Instant time(
            Function<String, Optional<String>> parameters, String name, ZoneId zone, int days) {
        String written = parameters.apply(name).orElse(null);
        try {
            if (written == null) {
                return null;
            }
            return written.length() == "2026-11-26".length()
                    ? LocalDate.parse(written).plusDays(days).atStartOfDay(zone).toInstant()
                    : Instant.parse(written);
        } catch (DateTimeException unreadable) {
            throw FaultException.invalid("/" + name, Message.of("search.time", "name", name, "value", written));
        }
    }

    private static <E extends Enum<E>> Optional<E> value(
            Function<String, Optional<String>> parameters, String name, E[] values) {
        return parameters
                .apply(name)
                .map(written -> Arrays.stream(values)
                        .filter(one -> one.name().equalsIgnoreCase(written))
                        .findFirst()
                        .orElseThrow(() -> FaultException.invalid(
                                "/" + name,
                                Message.of(
                                        "search.value",
                                        "name",
                                        name,
                                        "value",
                                        written,
                                        "known",
                                        String.join(
                                                ", ",
                                                Arrays.stream(values)
                                                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                                                        .toList())))));
    }
}
