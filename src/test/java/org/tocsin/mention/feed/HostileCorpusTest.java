package org.tocsin.mention.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.NamedTests;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.Message;
import org.tocsin.http.AddressGuard;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Item;
import org.tocsin.watch.CheckedQuery;
import org.tocsin.watch.Finding;
import org.tocsin.watch.Heard;
import org.tocsin.watch.Plan;
import org.tocsin.watch.WatchLanguage;
import org.tocsin.watch.WatchQuery;
import org.tocsin.watch.WordLists;

/**
 * What strangers send, one file a case in {@code src/test/resources/hostile}, through the parser, the language of watches, the matcher and
 * the guard of addresses as they run. What is proved by a test of its own names it, and that test is there.
 */
class HostileCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/hostile");
    private static final URI BASE = URI.create("https://gazette.example/flux/rss.xml");
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FeedParser parser = new FeedParser();
    private final Analysis analysis = new Analysis();
    private final WatchLanguage language = new WatchLanguage(analysis, WordLists.none());
    private final AddressGuard guard = new AddressGuard(
            Set.of(), host -> List.of(InetAddress.ofLiteral(host.equals("localhost") ? "127.0.0.1" : "93.184.216.34")));

    /** What there is to be: feeds and texts, targets, queries. */
    private static List<String> listed() {
        return IntStream.concat(IntStream.rangeClosed(1, 50), IntStream.rangeClosed(65, 74))
                .mapToObj(number -> "B" + number)
                .toList();
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - 5))
                    .toList()
                    .stream();
        }
    }

    private static JsonNode read(String name) throws IOException {
        return JSON.readTree(CORPUS.resolve(name + ".json").toFile());
    }

    @Test
    void the_list_is_whole_and_each_case_says_what_is_expected() throws IOException {
        assertThat(cases()).containsExactlyInAnyOrderElementsOf(listed());
        for (String name : listed()) {
            JsonNode one = read(name);
            assertThat(one.path("case").asText()).isEqualTo(name);
            assertThat(one.path("about").asText()).as(name).isNotBlank();
            assertThat(Stream.of("feeds", "opml", "queries", "matches", "targets", "tests")
                            .mapToInt(kind -> one.path(kind).size())
                            .sum())
                    .as(name)
                    .isPositive();
        }
    }

    /** The bound is that of a machine that does much else; each is a matter of milliseconds. */
    @ParameterizedTest
    @MethodSource("cases")
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void is_met_as_it_says(String name) throws Exception {
        JsonNode one = read(name);
        int index = 0;
        for (JsonNode feed : one.path("feeds")) {
            feed(name + " feed " + index++, feed);
        }
        for (JsonNode list : one.path("opml")) {
            Optional<List<Opml.Outline>> found = Opml.read(text(list.path("input")));
            assertThat(found.map(List::size).orElse(0))
                    .as(name)
                    .isLessThanOrEqualTo(list.path("most").asInt());
        }
        for (JsonNode query : one.path("queries")) {
            query(name, query);
        }
        for (JsonNode match : one.path("matches")) {
            assertThat(matches(match.path("watch").asText(), text(match.path("text"))))
                    .as(name + " " + match.path("watch"))
                    .isEqualTo(match.path("matches").asBoolean());
        }
        for (JsonNode target : one.path("targets")) {
            assertThat(guard.refusal(target.path("url").asText())
                            .map(Message::code)
                            .orElse(null))
                    .as(name + " " + target.path("url"))
                    .isEqualTo(target.path("refused").textValue());
        }
        for (JsonNode test : one.path("tests")) {
            there(test.asText());
        }
    }

    private static void there(String test) throws ClassNotFoundException {
        Class<?> type =
                Class.forName(test.substring(0, test.indexOf('#')), false, HostileCorpusTest.class.getClassLoader());
        assertThat(NamedTests.runs(type, test.substring(test.indexOf('#') + 1)))
                .as(test)
                .isTrue();
    }

    private void feed(String name, JsonNode given) throws IOException {
        Charset charset = Charset.forName(given.path("charset").asText("UTF-8"));
        Optional<Parsed> parsed = parser.read(
                bytes(given.path("input"), charset), given.path("type").textValue(), BASE, NOW);
        JsonNode expect = given.path("expect");
        List<HeardItem> items = parsed.map(Parsed::items).orElse(List.of());
        if (expect.has("feed")) {
            assertThat(parsed.isPresent())
                    .as(name)
                    .isEqualTo(expect.path("feed").asBoolean());
        }
        if (expect.has("items")) {
            assertThat(items).as(name).hasSize(expect.path("items").asInt());
        }
        if (expect.has("maxItems")) {
            assertThat(items)
                    .as(name)
                    .hasSizeLessThanOrEqualTo(expect.path("maxItems").asInt());
        }
        if (expect.has("distinct")) {
            assertThat(items.stream().map(HeardItem::nativeId).distinct())
                    .as(name)
                    .hasSize(expect.path("distinct").asInt());
        }
        if (expect.has("titles")) {
            assertThat(items)
                    .as(name)
                    .extracting(HeardItem::title)
                    .containsExactlyElementsOf(expect.path("titles")
                            .valueStream()
                            .map(JsonNode::asText)
                            .toList());
        }
        if (expect.has("lacks")) {
            assertThat(items.toString())
                    .as(name)
                    .doesNotContain(expect.path("lacks").asText());
        }
        if (expect.has("starts")) {
            assertThat(items.getFirst().title())
                    .as(name)
                    .startsWith(expect.path("starts").asText())
                    .endsWith(expect.path("ends").asText())
                    .contains("\ufffd");
        }
        if (expect.has("longest")) {
            assertThat(items)
                    .as(name)
                    .allSatisfy(item -> assertThat(String.valueOf(item.title()))
                            .hasSizeLessThanOrEqualTo(expect.path("longest").asInt()));
        }
        items.forEach(item -> sound(name, item));
    }

    /** What holds for whatever comes out: it can be stored and indexed as it is, and says nothing of another's name or of tomorrow. */
    private void sound(String name, HeardItem item) {
        for (String text : List.of(String.valueOf(item.title()), item.text(), item.nativeId())) {
            assertThat(text.codePoints())
                    .as(name)
                    .noneMatch(c ->
                            Character.getType(c) == Character.SURROGATE || (Character.isISOControl(c) && c != '\n'));
            assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .as(name)
                    .isEqualTo(text);
        }
        assertThat(item.author().handle()).as(name).isNull();
        if (item.publishedAt() != null) {
            assertThat(item.publishedAt()).as(name).isBeforeOrEqualTo(NOW);
        }
        assertThat(Heard.of(Item.of(item.text()), analysis).text().tokens())
                .as(name)
                .isNotNull();
    }

    private void query(String name, JsonNode given) throws IOException {
        String text = text(given.path("query"));
        CheckedQuery checked = language.check(text);
        JsonNode refused = given.path("refused");
        String shown = name + " " + text.substring(0, Math.min(60, text.length()));
        assertThat(checked.valid()).as(shown + " " + checked.findings()).isEqualTo(refused.isNull());
        if (refused.isTextual()) {
            assertThat(checked.findings().stream()
                            .filter(Finding::error)
                            .map(finding -> finding.message().code()))
                    .as(shown)
                    .contains(refused.asText());
        }
    }

    private boolean matches(String watch, String text) {
        WatchQuery query = language.check(watch).query();
        assertThat(query).as(watch).isNotNull();
        return Plan.of(query, analysis, WordLists.none()).matches(Heard.of(Item.of(text), analysis));
    }

    private static String text(JsonNode parts) throws IOException {
        return new String(bytes(parts, StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }

    /** A part is a text, or one that comes often, with its number in the place of a sign of number where it counts, or bytes. */
    private static byte[] bytes(JsonNode parts, Charset charset) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (JsonNode part : parts) {
            int times = part.path("times").asInt(1);
            if (part.has("hex")) {
                out.write(HexFormat.of().parseHex(part.path("hex").asText()));
            } else if (part.has("count")) {
                out.write(IntStream.range(0, times)
                        .mapToObj(i -> part.path("count").asText().replace("#", String.valueOf(i)))
                        .collect(Collectors.joining())
                        .getBytes(charset));
            } else {
                String text =
                        part.isTextual() ? part.asText() : part.path("repeat").asText();
                out.write(text.repeat(times).getBytes(charset));
            }
        }
        return out.toByteArray();
    }
}
