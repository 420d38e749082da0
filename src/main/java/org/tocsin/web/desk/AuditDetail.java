package org.tocsin.web.desk;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tocsin.people.Role;
import org.tocsin.people.Scope;

/** Says the details of a row of the audit trail, which are kept as the machine writes them, in words. What it has no word for stays as it is. */
public final class AuditDetail {
    /** What stands before a value, {@code key=value}. */
    public static final List<String> KEYS = List.of(
            "cancelled",
            "deliveries",
            "edits",
            "enabled",
            "ended",
            "errata",
            "figures",
            "hash",
            "language",
            "left",
            "mode",
            "muted",
            "name",
            "network",
            "others",
            "publicUrl",
            "query",
            "recipients",
            "role",
            "rows",
            "scopes",
            "sha256",
            "until",
            "urgent",
            "version",
            "zone");

    /** Details that are a word of the machine. */
    public static final List<String> WORDS =
            List.of("by link", "false", "published", "resend", "true", "with addresses", "without addresses");

    private static final Pattern PAIR = Pattern.compile(
            "(?:^| |, )(" + String.join("|", KEYS) + ")=(.*?)(?=(?: |, )(?:" + String.join("|", KEYS) + ")=|$)");
    private static final Pattern RECORD = Pattern.compile("[A-Z]\\w+\\[(.*)]");
    private static final Pattern LIST = Pattern.compile("\\[(.*)]");
    private static final int HASH = 12;

    private AuditDetail() {}

    static String said(Visit visit, String detail) {
        Matcher whole = RECORD.matcher(detail);
        String plain = whole.matches() ? whole.group(1) : detail;
        List<MatchResult> pairs = PAIR.matcher(plain).results().toList();
        if (pairs.isEmpty()) {
            int space = plain.indexOf(' ');
            String first = space < 0 ? plain : plain.substring(0, space);
            return WORDS.contains(plain) || !WORDS.contains(first.toLowerCase(Locale.ROOT))
                    ? value(visit, "", plain)
                    : value(visit, "", first) + plain.substring(first.length());
        }
        String before = plain.substring(0, pairs.getFirst().start()).strip();
        return (before.isEmpty() ? "" : before + " · ")
                + pairs.stream()
                        .filter(pair -> !pair.group(2).isBlank())
                        .map(pair -> visit.t(
                                "desk.audit.detail",
                                "key",
                                visit.word("desk.audit.detail", pair.group(1)),
                                "value",
                                value(visit, pair.group(1), pair.group(2))))
                        .collect(Collectors.joining(" · "));
    }

    private static String value(Visit visit, String key, String value) {
        return switch (key) {
            case "role" -> one(Role.values(), value).map(visit::role).orElse(value);
            case "network" -> visit.network(value);
            case "hash", "sha256" -> value.substring(0, Math.min(HASH, value.length()));
            case "scopes" -> {
                Matcher list = LIST.matcher(value);
                yield list.matches()
                        ? Arrays.stream(list.group(1).split(", "))
                                .sorted()
                                .map(name -> one(Scope.values(), name)
                                        .map(visit::scope)
                                        .orElse(name))
                                .collect(Collectors.joining(", "))
                        : value;
            }
            default ->
                WORDS.contains(value.toLowerCase(Locale.ROOT))
                        ? visit.word("desk.audit.word", value.replace(' ', '-'))
                        : time(visit, value);
        };
    }

    private static <E extends Enum<E>> Optional<E> one(E[] values, String name) {
        return Arrays.stream(values).filter(one -> one.name().equals(name)).findFirst();
    }

    private static String time(Visit visit, String value) {
        try {
            return visit.at(Instant.parse(value));
        } catch (DateTimeParseException noTime) {
            return value;
        }
    }
}
