package org.tocsin.web.desk;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tocsin.people.Role;
import org.tocsin.people.Scope;

/**
 * Says the details of a row of the audit trail, which are kept as the machine writes them, in words. Only what an action itself has written is
 * read so: whatever a person typed, a reason or a name, stays as it is, and cannot look like something else.
 */
public final class AuditDetail {
    /**
     * The names of the values of an action, {@code name=value}, in order; the last ones may be missing. What a person typed comes first, so that
     * what he typed ends where the last of the others begins.
     */
    static final Map<String, List<String>> FORMS = Map.ofEntries(
            Map.entry("audience.import", List.of("figures")),
            Map.entry("channel.add", List.of("network", "approval")),
            Map.entry("channel.change", List.of("network", "approval")),
            Map.entry("channel.remove", List.of("network", "cancelled")),
            Map.entry("media.upload", List.of("sha256")),
            Map.entry("mention.export", List.of("words", "bounds", "rows")),
            Map.entry("organisation.save", List.of("name", "language", "zone", "publicUrl")),
            Map.entry("post.approve", List.of("deliveries", "hash")),
            Map.entry("post.delete", List.of("left")),
            Map.entry("post.edit", List.of("deliveries", "version")),
            Map.entry("post.revise", List.of("edits", "errata")),
            Map.entry("post.submit", List.of("deliveries")),
            Map.entry("subscriber.import", List.of("people", "noneLeft")),
            Map.entry("subscriber.import.left", List.of("people")),
            Map.entry("token.create", List.of("name", "scopes", "until")),
            Map.entry("user.code-failed", List.of("network", "others")),
            Map.entry("user.create", List.of("role")),
            Map.entry("user.invite", List.of("role")),
            Map.entry("user.proof-failed", List.of("others")),
            Map.entry("user.recovery-code", List.of("left")),
            Map.entry("user.role", List.of("role")),
            Map.entry("user.sessions-end", List.of("ended")),
            Map.entry("user.sign-in-failed", List.of("network", "others")),
            Map.entry("watch.ringing", List.of("recipients", "mode", "urgent", "muted")),
            Map.entry("watch.save", List.of("version", "enabled")));

    /** Details, or their beginnings, that are a word of the machine. */
    public static final List<String> WORDS = List.of(
            "by link",
            "delete",
            "false",
            "gone",
            "none",
            "not-shown",
            "published",
            "resend",
            "true",
            "with addresses",
            "without addresses");

    private static final Map<String, List<Pattern>> PATTERNS = FORMS.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, form -> patterns(form.getValue())));
    private static final Pattern RECORD = Pattern.compile("[A-Z]\\w+\\[(.*)]");
    private static final Pattern LIST = Pattern.compile("\\[(.*)]");
    private static final Pattern FORMER_WORDS = Pattern.compile("query=(.*) rows=(\\d+)", Pattern.DOTALL);
    private static final Pattern FORMER_BOUNDS =
            Pattern.compile("words=(\\S+)((?: (?!bounds=|rows=)\\w+=\\S*)*) rows=(\\d+)");
    private static final int HASH = 12;

    private AuditDetail() {}

    /** @return what stands before values, each once */
    public static List<String> names() {
        return FORMS.values().stream().flatMap(List::stream).distinct().sorted().toList();
    }

    /** The whole first, then with fewer and fewer of the last values. */
    private static List<Pattern> patterns(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(less -> names.subList(0, names.size() - less).stream()
                        .map(name -> name + "=(" + shape(name) + ")")
                        .collect(Collectors.joining(",? ")))
                .map(Pattern::compile)
                .toList();
    }

    /** Only what the machine writes has a shape: it is known from what was typed before it. */
    private static String shape(String name) {
        return switch (name) {
            case "name", "errata" -> ".*";
            case "scopes" -> "\\[[A-Z, ]*]";
            default -> "\\S*";
        };
    }

    static String said(Visit visit, String action, String detail) {
        return switch (action) {
            case "delivery.resolve" -> begun(visit, detail);
            case "signup.webhook", "user.password" -> word(visit, detail);
            case "watch.snooze" -> time(visit, detail);
            default -> values(visit, action, detail);
        };
    }

    /** A word, and after it what a person gave. */
    private static String begun(Visit visit, String detail) {
        int space = detail.indexOf(' ');
        return space < 0 ? word(visit, detail) : word(visit, detail.substring(0, space)) + detail.substring(space);
    }

    /**
     * @return the details of an action as they are written now; those of former exports had the words themselves, which may name an author and are
     *     not said again, or each bound by itself
     */
    static String today(String action, String detail) {
        if (!action.equals("mention.export")) {
            return detail;
        }
        Matcher words = FORMER_WORDS.matcher(detail);
        if (words.matches()) {
            return "words=" + (words.group(1).isBlank() ? "none" : "not-shown") + " bounds=none rows=" + words.group(2);
        }
        Matcher bounds = FORMER_BOUNDS.matcher(detail);
        if (bounds.matches()) {
            String given = bounds.group(2).strip().replace('=', ':').replace(' ', ',');
            return "words=" + bounds.group(1) + " bounds=" + (given.isEmpty() ? "none" : given) + " rows="
                    + bounds.group(3);
        }
        return detail;
    }

    private static String values(Visit visit, String action, String written) {
        String detail = today(action, written);
        Matcher whole = RECORD.matcher(detail);
        String plain = action.equals("organisation.save") && whole.matches() ? whole.group(1) : detail;
        for (Pattern pattern : PATTERNS.getOrDefault(action, List.of())) {
            Matcher matcher = pattern.matcher(plain);
            if (matcher.matches()) {
                List<String> names = FORMS.getOrDefault(action, List.of());
                return IntStream.rangeClosed(1, matcher.groupCount())
                        .filter(place -> !matcher.group(place).isBlank())
                        .mapToObj(place -> visit.t(
                                "desk.audit.detail",
                                "key",
                                visit.word("desk.audit.detail", names.get(place - 1)),
                                "value",
                                value(visit, names.get(place - 1), matcher.group(place))))
                        .collect(Collectors.joining(" · "));
            }
        }
        return detail;
    }

    private static String value(Visit visit, String name, String value) {
        return switch (name) {
            case "role" -> one(Role.values(), value).map(visit::role).orElse(value);
            case "network" -> visit.network(value);
            case "hash", "sha256" -> value.substring(0, Math.min(HASH, value.length()));
            case "scopes" -> scopes(visit, value);
            case "approval", "bounds", "enabled", "muted", "noneLeft", "urgent", "words" -> word(visit, value);
            case "until" -> time(visit, value);
            default -> value;
        };
    }

    private static String scopes(Visit visit, String value) {
        Matcher list = LIST.matcher(value);
        return list.matches()
                ? Arrays.stream(list.group(1).split(", "))
                        .sorted()
                        .map(name -> one(Scope.values(), name).map(visit::scope).orElse(name))
                        .collect(Collectors.joining(", "))
                : value;
    }

    private static <E extends Enum<E>> Optional<E> one(E[] values, String name) {
        return Arrays.stream(values).filter(one -> one.name().equals(name)).findFirst();
    }

    private static String word(Visit visit, String value) {
        return WORDS.contains(value.toLowerCase(Locale.ROOT))
                ? visit.word("desk.audit.word", value.replace(' ', '-'))
                : value;
    }

    private static String time(Visit visit, String value) {
        try {
            return visit.at(Instant.parse(value));
        } catch (DateTimeParseException noTime) {
            return value;
        }
    }
}
