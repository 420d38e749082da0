package org.tocsin.web;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber;

/**
 * Which subscribers are asked for, as the query of an address says it: {@code state}, {@code topic}, {@code language}, {@code link},
 * {@code reach}, each with commas between several. None of them names a person.
 *
 * @param states empty for all
 */
public record SubscriberFilter(List<Subscriber.State> states, Segment segment) {
    private static final int MOST = 20;

    public SubscriberFilter {
        states = List.copyOf(states);
    }

    /** @throws FaultException INVALID where a word is none of those that are possible */
    public static SubscriberFilter of(Request request) {
        return new SubscriberFilter(
                words(request, "state").stream()
                        .map(one -> named(Subscriber.State.class, "/state", one))
                        .sorted()
                        .toList(),
                new Segment(
                        words(request, "topic"),
                        words(request, "language"),
                        words(request, "link"),
                        words(request, "reach").stream()
                                .map(one -> named(Subscriber.Reach.class, "/reach", one))
                                .collect(Collectors.toSet())));
    }

    private static Set<String> words(Request request, String name) {
        Set<String> words = request.query(name).stream()
                .flatMap(given -> Stream.of(given.split(",")))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
        if (words.size() > MOST) {
            throw FaultException.invalid("/" + name, Message.of("signup.filter.many", "limit", MOST));
        }
        return words;
    }

    private static <E extends Enum<E>> E named(Class<E> type, String pointer, String given) {
        return EnumSet.allOf(type).stream()
                .filter(one -> one.name().equals(given.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> FaultException.invalid(
                        pointer,
                        Message.of(
                                "signup.value.unknown",
                                "value",
                                given,
                                "known",
                                Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", ")))));
    }
}
