package org.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.config.Setting;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.Removal;
import org.tocsin.delivery.Revision;
import org.tocsin.mention.rights.Erasure;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Guarantee;
import org.tocsin.newsletter.Newsletter;
import org.tocsin.newsletter.NewsletterSend;
import org.tocsin.people.Role;
import org.tocsin.people.Scope;
import org.tocsin.post.TextSize;
import org.tocsin.publishing.RevisionPlan;
import org.tocsin.recipient.Rhythm;
import org.tocsin.recipient.WayKind;
import org.tocsin.subscriber.Consent;
import org.tocsin.subscriber.KeptLetter;
import org.tocsin.subscriber.PersonRequest;
import org.tocsin.subscriber.SignUpMail;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Suppressions;
import org.tocsin.watch.WatchQuery;
import org.tocsin.web.PostState;
import org.tocsin.web.desk.AuditDetail;
import org.tocsin.web.desk.Audited;

/** Every message has its texts in both languages, every text its message, and every placeholder its value. */
class MessagesTest {
    private static final List<Path> SOURCES = List.of(Path.of("src/main/java"), Path.of("src/main/jte"));
    private static final Path TEXTS = Path.of("src/main/resources/messages");
    /** Names that always hold a quantity. */
    private static final Set<String> QUANTITIES = Set.of(
            "count",
            "limit",
            "actual",
            "total",
            "done",
            "rows",
            "added",
            "there",
            "kept",
            "refused",
            "unchanged",
            "replaced",
            "measured",
            "good",
            "already",
            "faulty",
            "hits",
            "alerts",
            "stories",
            "mentions",
            "authors",
            "images",
            "alts",
            "days",
            "minutes",
            "seconds",
            "hours",
            "size",
            "sent",
            "erased",
            "checkpoints",
            "free",
            "most",
            "least",
            "rate",
            "likes",
            "reposts",
            "replies",
            "quotes",
            "views",
            "followers",
            "posts");

    /** Bounds, and what is beyond one: never one. */
    private static final Set<String> BOUNDS = Set.of("limit", "most", "least", "actual");

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{([a-zA-Z]+)(?:@([a-z.-]+)|\\?[^|{}]*\\|[^|{}]*|(#))?}");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z]+)\\.([a-z0-9-]+(?:\\.[a-z0-9-]+)*)\"");

    /** Values that a helper of the area adds to every message that it makes. */
    private static final Map<String, Set<String>> ADDED = Map.of(
            "config", Set.of("key"),
            "network", Set.of("status", "detail", "cause"),
            "mastodon", Set.of("status", "detail", "server"),
            "media", Set.of("actual", "limit"),
            "post", Set.of("name"),
            // their answers are told with the status, and the chat or the server that was asked
            "telegram", Set.of("status", "chat"),
            // where a fault stands is added by its exception, and the explanation passes on what its kinds have in
            // common
            "watch", Set.of("at", "text", "clause", "left", "right", "number", "metric", "from", "to", "name"),
            "x", Set.of("status"));

    /** Words of networks that look like codes. */
    private static final Set<String> FOREIGN =
            Set.of("app.bsky.embed.external", "app.bsky.embed.images", "app.bsky.feed.post", "telegram.me", "x.com");

    /** What the audit trail calls actions is no message. */
    private static final Set<String> ACTIONS = Set.of(
            "audience.annotate",
            "audience.annotation.remove",
            "audience.import",
            "delivery.cancel",
            "delivery.resolve",
            "delivery.retry",
            "newsletter.again",
            "newsletter.change",
            "newsletter.create",
            "newsletter.leave",
            "newsletter.pause",
            "newsletter.remove",
            "newsletter.resume",
            "newsletter.schedule",
            "newsletter.send",
            "newsletter.stop",
            "newsletter.test",
            "newsletter.unschedule",
            "post.approve",
            "post.aside",
            "post.decline",
            "post.delete",
            "post.edit",
            "post.revise",
            "post.submit",
            "rights.erase",
            "rights.erase.resume",
            "rights.erase.stop",
            "rights.hold",
            "rights.hold.end",
            "rights.hold.export",
            "rights.objection.accept",
            "rights.objection.decline",
            "rights.opt-in",
            "rights.opt-out",
            "signup.link.add",
            "signup.link.restore",
            "signup.link.retire",
            "signup.settings",
            "signup.text",
            "signup.topic.add",
            "signup.topic.change",
            "signup.webhook",
            "signup.webhook.remove",
            "signup.webhook.test",
            "watch.remove",
            "watch.ringing",
            "watch.save",
            "watch.snooze");

    /** Of what is said that it is not there. */
    private static final Set<String> MISSING = Set.of(
            "alert",
            "annotation",
            "campaign",
            "channel",
            "connect",
            "contact",
            "delivery",
            "draft",
            "erasure",
            "freeze",
            "images",
            "list",
            "media",
            "heard",
            "hold",
            "import",
            "link",
            "mention",
            "newsletter",
            "notice",
            "objection",
            "optout",
            "path",
            "post",
            "recipient",
            "request",
            "sbom",
            "slot",
            "source",
            "subscriber",
            "suppression",
            "token",
            "topic",
            "user",
            "watch",
            "way",
            "webhook",
            "work");

    /** After the code of a text that the desk has in words of its own. */
    private static final String DESK = ".desk";

    /** Said at a terminal, in a log or before anybody can sign in. */
    private static final Set<String> TERMINAL = Set.of("app", "cli", "config", "help", "sql");

    private static Stream<String> areas() throws IOException {
        try (Stream<Path> files = Files.list(TEXTS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.indexOf('_')))
                    .distinct()
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Properties texts(String area, String language) throws IOException {
        Properties texts = new Properties();
        try (Reader reader =
                Files.newBufferedReader(TEXTS.resolve(area + "_" + language + ".properties"), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Codes that are put together from a prefix and the name of a constant. */
    private static Set<String> composed() {
        Set<String> codes = new TreeSet<>();
        Audited.ACTIONS.forEach(action -> codes.add("desk.audit.action." + action));
        Audited.KINDS.forEach(kind -> codes.add("desk.audit.kinds." + kind));
        AuditDetail.names().forEach(key -> codes.add("desk.audit.detail." + key.toLowerCase(Locale.ROOT)));
        AuditDetail.WORDS.forEach(word -> codes.add("desk.audit.word." + word.replace(' ', '-')));
        names("web.problem.", FaultException.Kind.values()).forEach(codes::add);
        names("web.state.", DeliveryState.values()).forEach(codes::add);
        names("web.post.", PostState.values()).forEach(codes::add);
        names("web.health.", ChannelHealth.Status.values()).forEach(codes::add);
        names("web.guarantee.", Guarantee.Kind.values()).forEach(codes::add);
        names("web.next.", NextAction.values()).forEach(codes::add);
        names("web.notice.", Notices.Kind.values()).forEach(codes::add);
        names("alerting.kind.", WayKind.values()).forEach(codes::add);
        names("desk.newsletter.state.", Newsletter.State.values()).forEach(codes::add);
        names("desk.newsletter.send.", NewsletterSend.State.values()).forEach(codes::add);
        names("desk.newsletter.reach.", Subscriber.Reach.values()).forEach(codes::add);
        names("newsletter.states.", Newsletter.State.values()).forEach(codes::add);
        names("newsletter.subscribers.", Subscriber.State.values()).forEach(codes::add);
        names("newsletter.reasons.", Suppressions.Reason.values()).forEach(codes::add);
        names("signup.mail.", SignUpMail.Kind.values()).forEach(codes::add);
        names("signup.mail.", SignUpMail.Kind.values())
                .map(code -> code + ".subject")
                .forEach(codes::add);
        Stream.of(Subscriber.State.values())
                .map(state -> "signup.states." + state.name().toLowerCase(Locale.ROOT))
                .forEach(codes::add);
        Stream.of(Consent.Kind.values())
                .map(kind -> "signup.data.kind." + kind.name().toLowerCase(Locale.ROOT))
                .forEach(codes::add);
        Stream.of(Consent.Door.values())
                .map(door -> "desk.subscribers.door." + door)
                .forEach(codes::add);
        names("signup.letter.about.", KeptLetter.About.values()).forEach(codes::add);
        names("signup.letter.back.", KeptLetter.Kind.values()).forEach(codes::add);
        names("signup.letter.state.", KeptLetter.State.values()).forEach(codes::add);
        names("signup.request.kind.", PersonRequest.Kind.values()).forEach(codes::add);
        names("desk.subscribers.reach.", Subscriber.Reach.values()).forEach(codes::add);
        Stream.of("correct", "erase", "release", "restrict")
                .map(act -> "signup.data." + act + ".button")
                .forEach(codes::add);
        names("people.role.", Role.values()).forEach(codes::add);
        names("people.scope.", Scope.values()).forEach(codes::add);
        for (String network : List.of("bluesky", "mastodon", "telegram", "x")) {
            codes.add("desk.network." + network);
            codes.add("desk.connect.hint." + network);
        }
        for (String type : List.of(
                "bluesky.mentions",
                "bluesky.stream",
                "mastodon.stream",
                "bluesky.search",
                "mastodon.mentions",
                "mastodon.tag",
                "mastodon.search",
                "telegram.group",
                "x.mentions",
                "x.search")) {
            codes.add("heard.type." + type);
            codes.add("heard.type." + type + ".how");
        }
        for (String type : List.of(
                "bluesky.search",
                "mastodon.stream",
                "mastodon.tag",
                "mastodon.search",
                "telegram.group",
                "x.search",
                "x.search")) {
            codes.add("heard.type." + type + ".query");
        }
        codes.add("heard.type.entry");
        codes.add("heard.type.webhook");
        codes.add("desk.network.feed");
        codes.add("desk.network.rehearsal");
        TextSize.UNITS.stream().map(unit -> "post.unit." + unit).forEach(codes::add);
        names("watch.metric.", WatchQuery.Metric.values()).forEach(codes::add);
        names("cli.watches.mode.", Rhythm.Mode.values()).forEach(codes::add);
        names("desk.rights.", Erasure.State.values()).forEach(codes::add);
        names("cli.correct.", RevisionPlan.Action.values()).forEach(codes::add);
        names("cli.revision.", Revision.State.values()).forEach(codes::add);
        names("cli.removal.", Removal.State.values()).forEach(codes::add);
        Stream.of(Setting.Type.values())
                .filter(type -> !Set.of(Setting.Type.TEXT, Setting.Type.SECRET).contains(type))
                .map(type -> "config.value." + type.name().toLowerCase(Locale.ROOT))
                .forEach(codes::add);
        MISSING.stream().map(what -> "base.not-found." + what).forEach(codes::add);
        Stream.of("avif", "bmp", "heic", "html", "jxl", "pdf", "svg", "tiff", "unknown", "video")
                .map(type -> "media.type." + type)
                .forEach(codes::add);
        return codes;
    }

    private static Stream<String> names(String prefix, Enum<?>[] values) {
        return Arrays.stream(values).map(value -> prefix + value.name().toLowerCase(Locale.ROOT));
    }

    /** A code as it stands in the sources, with the names of the values that it is given. */
    private record Use(String code, Set<String> values, Path file) {}

    private static List<Use> uses() throws IOException {
        Set<String> areas = areas().collect(Collectors.toSet());
        List<Use> uses = new ArrayList<>();
        for (Path sources : SOURCES) {
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|jte)"))
                        .toList()) {
                    String source = Files.readString(file);
                    Matcher literal = LITERAL.matcher(source);
                    while (literal.find()) {
                        if (areas.contains(literal.group(1)) && !isFileOrKey(source, literal)) {
                            String code = literal.group(1) + "." + literal.group(2);
                            uses.add(new Use(code, values(source.substring(literal.end())), file));
                        }
                    }
                }
            }
        }
        return uses;
    }

    /** Some literals look like codes: the names of files, the keys that codes are compared with, prefixes. */
    private static boolean isFileOrKey(String source, MatchResult literal) {
        String code = source.substring(literal.start() + 1, literal.end() - 1);
        String after = source.substring(literal.end(), Math.min(source.length(), literal.end() + 8));
        return (code.matches("api\\.token|.*\\.(properties|xml|json|db|rss|atom|key|css|js)") && !after.startsWith(","))
                || after.startsWith(".equals")
                // A list of words, not a code.
                || source.substring(0, literal.start()).endsWith("word(");
    }

    /** The string literals at the places of names in {@code code, name, value, name, value …}, up to the end of the call. */
    private static Set<String> values(String rest) {
        Set<String> names = new TreeSet<>();
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '"' && (i == 0 || rest.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            }
            if (!quoted && (c == '(' || c == '{')) {
                depth++;
            }
            if (!quoted && (c == ')' || c == ';' || c == '}') && depth-- == 0) {
                break;
            }
            if (!quoted && c == ',' && depth == 0) {
                arguments.add(argument.toString().strip());
                argument.setLength(0);
            } else {
                argument.append(c);
            }
        }
        arguments.add(argument.toString().strip());
        for (int i = 1; i < arguments.size(); i += 2) {
            Matcher name = Pattern.compile("\"([a-zA-Z]+)\"").matcher(arguments.get(i));
            if (name.matches()) {
                names.add(name.group(1));
            }
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("areas")
    void the_two_files_of_an_area_say_the_same_things_with_the_same_values(String area) throws IOException {
        Properties english = texts(area, "en");
        Properties french = texts(area, "fr");
        assertThat(new TreeSet<>(french.stringPropertyNames())).isEqualTo(new TreeSet<>(english.stringPropertyNames()));
        for (String code : english.stringPropertyNames()) {
            assertThat(code).startsWith(area + ".");
            assertThat(placeholders(french.getProperty(code)))
                    .as(code)
                    .isEqualTo(placeholders(english.getProperty(code)));
            assertThat(english.getProperty(code)).as(code).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("areas")
    void french_is_set_as_french_is_set(String area) throws IOException {
        Properties french = texts(area, "fr");
        assertThat(french.stringPropertyNames())
                .allSatisfy(code -> assertThat(french.getProperty(code))
                        .as(code)
                        .doesNotContainPattern(" [;:!?»]")
                        .doesNotContain("« ")
                        // Narrow before ; ! ?, and as wide as a word space before a colon.
                        .doesNotContain("\u202f:")
                        .doesNotContainPattern("[A-Za-zéèà]'[a-zé]"));
    }

    @Test
    void every_code_in_the_sources_has_its_texts_and_every_text_is_said_somewhere() throws IOException {
        Set<String> known = new TreeSet<>();
        // The help of the command line is held together with its commands by a test of its own.
        for (String area : areas().filter(name -> !name.equals("help")).toList()) {
            known.addAll(texts(area, "en").stringPropertyNames());
        }
        Set<String> used = uses().stream().map(Use::code).collect(Collectors.toCollection(TreeSet::new));
        used.addAll(composed());
        assertThat(used).containsAll(ACTIONS);
        used.removeAll(ACTIONS);
        used.removeAll(FOREIGN);
        // What the desk says in its own words is said where the other is.
        known.stream()
                .filter(code -> code.endsWith(DESK) && known.contains(code.replace(DESK, "")))
                .forEach(used::add);
        Set<String> missing = new TreeSet<>(used);
        missing.removeAll(known);
        assertThat(missing).as("said, but without a text").isEmpty();
        Set<String> idle = new TreeSet<>(known);
        idle.removeAll(used);
        assertThat(idle).as("a text that nobody says").isEmpty();
    }

    @Test
    void whatever_is_said_not_to_be_there_is_named_in_both_languages() throws IOException {
        Pattern missing = Pattern.compile("notFound\\(\"([a-z]+)\"");
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES.getFirst())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                missing.matcher(Files.readString(file)).results().forEach(found -> named.add(found.group(1)));
            }
        }
        assertThat(named).isEqualTo(new TreeSet<>(MISSING));
    }

    @ParameterizedTest
    @MethodSource("areas")
    void words_are_taken_from_a_list_that_there_is(String area) throws IOException {
        for (String language : List.of("en", "fr")) {
            for (Object text : texts(area, language).values()) {
                for (MatchResult found :
                        PLACEHOLDER.matcher(String.valueOf(text)).results().toList()) {
                    String words = found.group(2);
                    if (words != null && !words.equals("time")) {
                        assertThat(texts(words.split("\\.")[0], language).stringPropertyNames())
                                .as(String.valueOf(text))
                                .anyMatch(code -> code.startsWith(words + "."));
                    }
                }
            }
        }
    }

    /** Of a number that is followed by a word in the plural there may be one. */
    @ParameterizedTest
    @MethodSource("areas")
    void a_quantity_is_written_as_one_and_its_word_goes_with_it(String area) throws IOException {
        for (String language : List.of("en", "fr")) {
            Properties texts = texts(area, language);
            for (String code : texts.stringPropertyNames()) {
                String text = texts.getProperty(code);
                Set<String> quantities = new TreeSet<>(QUANTITIES);
                Pattern.compile("\\{([a-zA-Z]+)\\?")
                        .matcher(text)
                        .results()
                        .forEach(found -> quantities.add(found.group(1)));
                if (!code.startsWith("help.")) {
                    assertThat(Pattern.compile("\\{([a-zA-Z]+)}")
                                    .matcher(text)
                                    .results()
                                    .map(found -> found.group(1)))
                            .as(code + " " + language + ": a quantity is {…#}")
                            .doesNotContainAnyElementsOf(quantities);
                }
                assertThat(Pattern.compile("\\{([a-zA-Z]+)#} (?!(?:mois|fois|après|des)\\b)(\\p{L}+s)\\b")
                                .matcher(text)
                                .results()
                                .filter(found -> !BOUNDS.contains(found.group(1)))
                                .map(MatchResult::group))
                        .as(code + " " + language + ": one of them is none of several")
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("areas")
    void a_thousand_is_parted_and_one_stands_alone(String area) throws IOException {
        Messages messages = new Messages();
        for (Locale locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            String language = locale.getLanguage();
            for (String code : texts(area, language).stringPropertyNames()) {
                String text = texts(area, language).getProperty(code);
                List<Object> many = new ArrayList<>();
                List<Object> one = new ArrayList<>();
                Pattern.compile("\\{([a-zA-Z]+)#}")
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .forEach(name -> {
                            many.addAll(List.of(name, 87_654));
                            one.addAll(List.of(name, BOUNDS.contains(name) ? 500 : 1));
                        });
                assertThat(messages.text(Message.of(code, many.toArray()), locale))
                        .as(code)
                        .doesNotContain("87654");
                if (!one.isEmpty()) {
                    assertThat(messages.text(Message.of(code, one.toArray()), locale))
                            .as(code)
                            .doesNotContainPattern(
                                    "(?<![\\p{L}\\d.,à])1 (jours|messages|lignes|mentions|posts|days|rows|lines)\\b");
                }
            }
        }
    }

    @Test
    void nobody_at_the_desk_is_sent_to_a_terminal() throws IOException {
        Pattern command = Pattern.compile("tocsin [a-z]|--[a-z]");
        Set<String> sent = new TreeSet<>();
        for (String area : areas().filter(name -> !TERMINAL.contains(name)).toList()) {
            for (String language : List.of("en", "fr")) {
                Properties texts = texts(area, language);
                for (String code : texts.stringPropertyNames()) {
                    Set<String> own = placeholders(texts.getProperty(code + DESK, ""));
                    assertThat(placeholders(texts.getProperty(code))).as(code).containsAll(own);
                    if (command.matcher(texts.getProperty(code + DESK, texts.getProperty(code)))
                            .find()) {
                        sent.add(code);
                    }
                }
            }
        }
        // No page of the desk asks for a notice by its id.
        assertThat(sent).containsExactly("base.not-found.notice");
    }

    @Test
    void every_placeholder_is_given_its_value_where_the_message_is_made() throws IOException {
        TreeMap<String, Set<String>> open = new TreeMap<>();
        for (Use use : uses()) {
            Properties english = texts(use.code().substring(0, use.code().indexOf('.')), "en");
            Set<String> wanted = placeholders(english.getProperty(use.code(), ""));
            wanted.removeAll(use.values());
            wanted.removeAll(
                    ADDED.getOrDefault(use.code().substring(0, use.code().indexOf('.')), Set.of()));
            if (!wanted.isEmpty()) {
                open.put(use.code() + " in " + use.file().getFileName(), wanted);
            }
        }
        assertThat(open).isEmpty();
    }
}
