package org.tocsin.publishing;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.network.Network;

/** The settings of a channel that people give: none that nobody reads, and none whose value would only be found wrong when a post leaves. */
final class ChannelSettings {
    /** When the channel's token ends, as ISO 8601 in UTC. */
    static final String EXPIRES = "tokenExpiresAt";

    private static final String RATE = "rate.";
    private static final String LIMIT = "limit.";
    private static final Set<String> FLAGS = Set.of("requireAlt", "approval", "readEngagement");
    private static final Set<String> COMMON = Set.of("requireAlt", "approval", EXPIRES);
    private static final Pattern DOLLARS = Pattern.compile("monthlyCeilingUsd|cost[A-Z][a-z]+Usd");

    /** By these a network tells accounts apart; what is an id on one server alone is compared with its server. */
    private static final List<List<String>> ACCOUNT =
            List.of(List.of("did"), List.of("chatId"), List.of("accountId", "baseUrl"));

    private ChannelSettings() {}

    /** @return those of before with those that are given; an empty value takes one away */
    static Map<String, String> merged(Map<String, String> before, Map<String, String> given) {
        Map<String, String> merged = new TreeMap<>(before);
        given.forEach((name, value) -> {
            if (value.isBlank()) {
                merged.remove(name);
            } else {
                merged.put(name, value.strip());
            }
        });
        return merged;
    }

    /** @return whether both say whose they are, and it is the same */
    static boolean sameAccount(Map<String, String> one, Map<String, String> other) {
        return ACCOUNT.stream()
                .filter(names -> one.containsKey(names.getFirst()) && other.containsKey(names.getFirst()))
                .anyMatch(names -> names.stream()
                        .allMatch(name -> one.getOrDefault(name, "").equalsIgnoreCase(other.getOrDefault(name, ""))));
    }

    /** @return whether they are of two accounts; where one of them does not say whose it is, they are not */
    static boolean otherAccount(Map<String, String> before, Map<String, String> after) {
        return ACCOUNT.stream()
                .filter(names -> before.containsKey(names.getFirst()) && after.containsKey(names.getFirst()))
                .anyMatch(names -> names.stream()
                        .anyMatch(
                                name -> !before.getOrDefault(name, "").equalsIgnoreCase(after.getOrDefault(name, ""))));
    }

    /** @return names that the network does not read; none where it does not say what it reads */
    static List<Fault> unknown(Network network, Map<String, String> given) {
        Set<String> own = network.settings();
        if (own.isEmpty()) {
            return List.of();
        }
        Set<String> known = new TreeSet<>(own);
        known.addAll(COMMON);
        List<Fault> faults = new ArrayList<>();
        for (String name : new TreeSet<>(given.keySet())) {
            if (!known.contains(name) && !name.startsWith(RATE)) {
                faults.add(Fault.at(
                        "/settings/" + name,
                        Message.of(
                                "publishing.setting.unknown",
                                "name",
                                name,
                                "network",
                                network.id(),
                                "known",
                                String.join(", ", known) + ", " + RATE + "<…>")));
            }
        }
        return faults;
    }

    /** @return values that cannot be read, whatever the network */
    static List<Fault> malformed(Map<String, String> settings) {
        List<Fault> faults = new ArrayList<>();
        new TreeMap<>(settings).forEach((name, value) -> {
            Message message = message(name, value);
            if (message != null) {
                faults.add(Fault.at("/settings/" + name, message));
            }
        });
        return faults;
    }

    private static @Nullable Message message(String name, String value) {
        if (DOLLARS.matcher(name).matches() && !isAmount(value)) {
            return Message.of("publishing.setting.amount", "name", name, "value", value);
        }
        if (name.startsWith(RATE) && !value.equals("off") && !isCount(value)) {
            return Message.of("publishing.setting.rate", "name", name, "value", value);
        }
        if (name.startsWith(LIMIT) && !isCount(value)) {
            return Message.of("publishing.setting.count", "name", name, "value", value);
        }
        if (FLAGS.contains(name) && !value.equals("true") && !value.equals("false")) {
            return Message.of("publishing.setting.flag", "name", name, "value", value);
        }
        if (name.equals(EXPIRES) && !isInstant(value)) {
            return Message.of("publishing.setting.instant", "name", name, "value", value);
        }
        return null;
    }

    /** At most six decimals, for costs are counted in millionths. */
    private static boolean isAmount(String value) {
        return value.matches("\\d{1,7}(\\.\\d{1,6})?")
                && new BigDecimal(value).compareTo(BigDecimal.valueOf(1_000_000)) <= 0;
    }

    private static boolean isCount(String value) {
        return value.matches("[1-9]\\d{0,8}");
    }

    private static boolean isInstant(String value) {
        try {
            return Instant.parse(value).isAfter(Instant.EPOCH);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
