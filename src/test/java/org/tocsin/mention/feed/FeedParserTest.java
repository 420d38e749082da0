package org.tocsin.mention.feed;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.mention.HeardItem;

/** Feeds as they are, and as somebody who means harm would make them. */
class FeedParserTest {
    private static final URI BASE = URI.create("https://gazette.example/flux/rss.xml");
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final FeedParser parser = new FeedParser();

    private Optional<Parsed> read(byte[] bytes, @Nullable String type) {
        return parser.read(bytes, type, BASE, NOW);
    }

    private Optional<Parsed> read(String text) {
        return read(text.getBytes(UTF_8), null);
    }

    private HeardItem one(String text) {
        List<HeardItem> items = read(text).orElseThrow().items();
        assertThat(items).hasSize(1);
        return items.getFirst();
    }

    private static String rss(String items) {
        return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>La Gazette</title>"
                + "<link>https://gazette.example/</link><description>d</description>" + items + "</channel></rss>";
    }

    @Test
    void rss_gives_title_text_link_author_tags_language_and_time() {
        HeardItem item = one(rss("<language>fr</language><ttl>30</ttl><item><title>Le maire &amp; l’école</title>"
                + "<link>/a?b=1</link><guid isPermaLink=\"false\">g-1</guid><category>ville</category>"
                + "<author>r@example.org (Rose)</author><pubDate>Thu, 26 Nov 2026 10:00:00 GMT</pubDate>"
                + "<description>&lt;p&gt;Un &lt;b&gt;mot&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Deux. &lt;a href=\"/suite\"&gt;suite&lt;/a&gt;&lt;/p&gt;"
                + "</description></item>"));
        assertThat(item.nativeId()).isEqualTo("g-1");
        assertThat(item.title()).isEqualTo("Le maire & l’école");
        assertThat(item.text()).isEqualTo("Un mot.\nDeux. suite");
        assertThat(item.url()).isEqualTo("https://gazette.example/a?b=1");
        assertThat(item.links()).containsExactly("https://gazette.example/suite");
        assertThat(item.tags()).containsExactly("ville");
        assertThat(item.author().name()).isEqualTo("r@example.org (Rose)");
        assertThat(item.language()).isEqualTo("fr");
        assertThat(item.publishedAt()).isEqualTo(Instant.parse("2026-11-26T10:00:00Z"));
    }

    @Test
    void the_feed_says_how_often_it_changes() {
        assertThat(read(rss("<ttl>30</ttl>")).orElseThrow().every()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void atom_rdf_and_json_are_feeds_too() {
        HeardItem atom = one(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\"><title>T</title><id>urn:f</id>"
                        + "<updated>2026-11-26T10:00:00Z</updated><entry><id>urn:1</id><title>Un</title>"
                        + "<link href=\"https://ex.fr/1\"/><updated>2026-11-26T10:00:00Z</updated><author><name>Rose</name>"
                        + "<uri>https://ex.fr/rose</uri></author><content type=\"text\">a &lt; b</content></entry></feed>");
        assertThat(atom.text()).isEqualTo("a < b");
        assertThat(atom.author().name()).isEqualTo("Rose");
        assertThat(atom.author().url()).isEqualTo("https://ex.fr/rose");
        HeardItem rdf = one("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
                + " xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                + "<channel rdf:about=\"https://ex.fr/\"><title>T</title><link>https://ex.fr/</link>"
                + "<description>d</description></channel><item rdf:about=\"https://ex.fr/2\"><title>Deux</title>"
                + "<link>https://ex.fr/2</link><dc:date>2026-11-26T09:00:00Z</dc:date></item></rdf:RDF>");
        assertThat(rdf.title()).isEqualTo("Deux");
        assertThat(rdf.publishedAt()).isEqualTo(Instant.parse("2026-11-26T09:00:00Z"));
        HeardItem json = one(
                "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"language\":\"fr\","
                        + "\"items\":[{\"id\":3,\"url\":\"https://ex.fr/3\",\"content_html\":\"<p>Trois</p>\","
                        + "\"authors\":[{\"name\":\"Rose\"}],\"tags\":[\"a\"],\"date_published\":\"2026-11-26T08:00:00+01:00\"}]}");
        assertThat(json.nativeId()).isEqualTo("3");
        assertThat(json.text()).isEqualTo("Trois");
        assertThat(json.publishedAt()).isEqualTo(Instant.parse("2026-11-26T07:00:00Z"));
    }

    @Test
    void no_entity_is_expanded_and_no_file_is_read(@TempDir Path folder) throws IOException {
        Path canary = folder.resolve("canary");
        Files.writeString(canary, "OPEN-SESAME");
        for (String declared : List.of(
                "<!ENTITY x SYSTEM \"" + canary.toUri() + "\">",
                "<!ENTITY % p SYSTEM \"" + canary.toUri() + "\"> %p;",
                "<!ENTITY y \"OPEN-SESAME\"><!ENTITY x \"&y;&y;\">")) {
            Optional<Parsed> feed = read("<?xml version=\"1.0\"?><!DOCTYPE rss [" + declared + "]>"
                    + rss("<item><guid>1</guid><title>t &x; u</title></item>").substring(21));
            assertThat(feed.map(Parsed::toString).orElse("")).doesNotContain("OPEN-SESAME");
        }
    }

    @Test
    void a_harmless_doctype_and_the_names_of_html_are_read() {
        HeardItem item =
                one("<?xml version=\"1.0\"?><!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\""
                        + " \"http://my.netscape.com/publish/formats/rss-0.91.dtd\">"
                        + "<rss version=\"0.91\"><channel><title>T</title><link>https://ex.fr</link><description>d</description>"
                        + "<language>fr</language><item><title>caf&eacute;&nbsp;!</title><link>https://ex.fr/1</link></item>"
                        + "</channel></rss>");
        assertThat(item.title()).isEqualTo("café\u00a0!");
    }

    @Test
    void a_billion_laughs_are_not_laughed() {
        String laughs = IntStream.range(1, 30)
                .mapToObj(i -> "<!ENTITY l" + i + " \"&l" + (i - 1) + ";&l" + (i - 1) + ";&l" + (i - 1) + ";\">")
                .collect(Collectors.joining());
        Optional<Parsed> feed = read("<!DOCTYPE rss [<!ENTITY l0 \"ha\">" + laughs + "]>"
                + rss("<item><guid>1</guid><title>x&l29;</title></item>").substring(21));
        feed.ifPresent(one -> assertThat(one.items().toString()).hasSizeLessThan(1_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "<html><body>Connexion</body></html>",
                "{}",
                "[]",
                "null",
                "{\"items\":null}",
                "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">\n<html><body>x</body></html>",
                "<!DOCTYPE html SYSTEM \"about:legacy-compat\"><html></html>",
                "\u0000\u0001",
                "<",
                "<rss"
            })
    void what_is_no_feed_is_none(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void what_is_nested_beyond_reason_is_refused_and_breaks_nothing() {
        assertThat(read("<rss version=\"2.0\">" + "<a>".repeat(200_000))).isEmpty();
        assertThat(read("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":" + "[".repeat(100_000)))
                .isEmpty();
        assertThat(read("<rss version=\"2.0\""
                        + IntStream.range(0, 5_000)
                                .mapToObj(i -> " a" + i + "=\"\"")
                                .collect(Collectors.joining()) + "/>"))
                .isEmpty();
    }

    @Test
    void what_is_not_well_formed_is_read_as_far_as_it_goes() {
        HeardItem item = one(rss("<item><guid>1</guid><title>Fish & chips\u0000</title><description>ok")
                .replace("</channel></rss>", ""));
        assertThat(item.title()).isEqualTo("Fish & chips");
    }

    @Test
    void the_mark_of_order_goes_before_the_header_and_the_header_before_the_declaration() {
        String latin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + rss("<item><guid>1</guid><title>é’</title></item>").substring(21);
        byte[] windows = latin.getBytes(Charset.forName("windows-1252"));
        assertThat(read(windows, "text/xml; charset=ISO-8859-1")
                        .orElseThrow()
                        .items()
                        .getFirst()
                        .title())
                .isEqualTo("é’");
        assertThat(read(("\uFEFF" + latin).getBytes(UTF_8), "text/xml; charset=ISO-8859-1")
                        .orElseThrow()
                        .items()
                        .getFirst()
                        .title())
                .isEqualTo("é’");
        assertThat(read(rss("<item><guid>1</guid><title>é</title></item>").getBytes(UTF_16LE), null)
                        .orElseThrow()
                        .items()
                        .getFirst()
                        .title())
                .isEqualTo("é");
        byte[] broken = rss("<item><guid>1</guid><title>a?b</title></item>").getBytes(UTF_8);
        broken[new String(broken, UTF_8).indexOf("a?b") + 1] = (byte) 0xC0;
        assertThat(read(broken, null).orElseThrow().items().getFirst().title()).isEqualTo("a\uFFFDb");
    }

    @Test
    void an_item_without_an_id_is_named_by_its_link_and_without_a_link_by_its_words() {
        assertThat(one(rss("<item><title>t</title><link>https://ex.fr/9</link></item>"))
                        .nativeId())
                .isEqualTo("https://ex.fr/9");
        String words = one(rss("<item><title>t</title></item>")).nativeId();
        assertThat(words)
                .startsWith("sha256:")
                .isEqualTo(one(rss("<item><title>t</title></item>")).nativeId());
        assertThat(one(rss("<item><guid>" + "g".repeat(5_000) + "</guid><title>t</title></item>"))
                        .nativeId())
                .startsWith("sha256:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "9999-12-31",
                "Thu, 26 Nov 2099 10:00:00 GMT",
                "Thu, 26 Nov 2026 10:00:00 +2500",
                "0",
                ""
            })
    void a_time_that_cannot_be_is_not_believed_and_the_item_stays(String date) {
        HeardItem item = one(rss("<item><guid>1</guid><title>t</title><pubDate>" + date + "</pubDate></item>"));
        assertThat(item.publishedAt() == null || !item.publishedAt().isAfter(NOW))
                .isTrue();
    }

    @Test
    void links_that_are_no_web_addresses_are_dropped_and_marks_of_html_have_no_way_in() {
        HeardItem item = one(
                rss(
                        "<item><guid>1</guid><title>&lt;script&gt;x&lt;/script&gt;Titre</title><link>javascript:alert(1)</link>"
                                + "<description>&lt;a href=\"JaVa&#9;script:x\"&gt;a&lt;/a&gt;&lt;img src=x onerror=y&gt;&lt;style&gt;s&lt;/style&gt;mot</description></item>"));
        assertThat(item.url()).isNull();
        assertThat(item.links()).isEmpty();
        assertThat(item.title()).isEqualTo("Titre");
        assertThat(item.text()).isEqualTo("amot");
        assertThat(item.media()).isTrue();
    }

    @Test
    void of_a_feed_without_end_the_newest_are_taken() {
        String items = IntStream.range(0, 5_000)
                .mapToObj(i -> "<item><guid>" + i + "</guid><title>t</title></item>")
                .collect(Collectors.joining());
        assertThat(read(rss(items)).orElseThrow().items())
                .hasSize(Parsed.MAX_ITEMS)
                .extracting(HeardItem::nativeId)
                .startsWith("0");
    }

    @Test
    void of_a_feed_with_the_oldest_first_the_newest_are_taken() {
        String items = IntStream.range(0, 3_000)
                .mapToObj(i -> "<item><guid>" + i + "</guid><title>t</title><pubDate>"
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.parse("2026-01-01T00:00:00Z")
                                .plusSeconds(60L * i)
                                .atOffset(ZoneOffset.UTC))
                        + "</pubDate></item>")
                .collect(Collectors.joining());
        assertThat(read(rss(items)).orElseThrow().items())
                .hasSize(Parsed.MAX_ITEMS)
                .extracting(HeardItem::nativeId)
                .contains("2999", "2000")
                .doesNotContain("1999", "0");
    }

    @Test
    void long_titles_are_cut_between_characters() {
        HeardItem item = one(rss("<item><guid>1</guid><title>" + "é😀".repeat(1_000_000) + "</title></item>"));
        assertThat(item.title()).hasSizeLessThanOrEqualTo(HeardItem.MAX_TITLE);
        assertThatNoException().isThrownBy(() -> UTF_8.newEncoder().encode(CharBuffer.wrap(item.title())));
    }

    /** Before anything is known of it, nothing of it is made into objects but what is looked for. */
    @Test
    void a_feed_of_millions_of_empty_values_costs_little_more_than_its_text() {
        String version = "{\"version\":\"https://jsonfeed.org/version/1.1\",";
        String many = "[" + "{},".repeat(1_000_000) + "{}]";
        for (String hostile : List.of(
                "{\"a\":" + many + "}",
                version + "\"a\":" + many + ",\"items\":[{\"id\":\"1\",\"title\":\"Eau\"}]}",
                version + "\"items\":[{\"id\":\"1\",\"title\":\"Eau\",\"tags\":" + many + ",\"attachments\":" + many
                        + ",\"authors\":" + many + "}]}",
                version + "\"items\":" + many + "}")) {
            byte[] bytes = hostile.getBytes(UTF_8);
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            Optional<Parsed> parsed = new FeedParser().read(bytes, null, BASE, NOW);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8L * bytes.length);
            parsed.ifPresent(feed ->
                    assertThat(feed.items()).extracting(HeardItem::title).containsExactly("Eau"));
            assertThat(parsed.isPresent()).isEqualTo(hostile.contains("Eau"));
        }
    }

    @Test
    void a_json_feed_says_what_it_is_in_any_order() {
        String feed =
                "{\"items\":[{\"id\":7,\"content_text\":\"Eau\",\"tags\":[\"a\",3,{\"b\":[1]},\"c\"],\"_x\":{\"y\":[]},"
                        + "\"attachments\":[{\"url\":\"x\"}],\"authors\":[{\"name\":\"Eve\",\"z\":{}},{\"name\":\"Zoe\"}]},"
                        + "{\"id\":\"8\",\"summary\":\"Gaz\",\"title\":null,\"author\":{\"name\":\"Al\"}},{\"id\":\"9\",\"title\":\"Rue\"},"
                        + "4],\"authors\":[{\"name\":\"Tous\"}],\"language\":\"fr\",\"title\":\"Une\","
                        + "\"version\":\"https://jsonfeed.org/version/1\"}";
        Parsed parsed =
                new FeedParser().read(feed.getBytes(UTF_8), null, BASE, NOW).orElseThrow();
        assertThat(parsed.title()).isEqualTo("Une");
        assertThat(parsed.items())
                .extracting(
                        HeardItem::nativeId,
                        HeardItem::title,
                        HeardItem::text,
                        item -> item.author().name(),
                        HeardItem::language,
                        HeardItem::tags,
                        HeardItem::media)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("7", null, "Eau", "Eve", "fr", List.of("a", "c"), true),
                        org.assertj.core.groups.Tuple.tuple("8", null, "Gaz", "Al", "fr", List.of(), false),
                        org.assertj.core.groups.Tuple.tuple("9", "Rue", "", "Tous", "fr", List.of(), false));
    }
}
