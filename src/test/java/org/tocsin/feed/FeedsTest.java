package org.tocsin.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.feed.FeedBench.CHANNEL;
import static org.tocsin.feed.FeedBench.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.rss.Channel;
import com.rometools.rome.feed.rss.Item;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.WireFeedInput;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.input.SAXBuilder;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.media.FittedImage;
import org.tocsin.media.MediaType;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Receipt;
import org.tocsin.network.SegmentImage;

class FeedsTest {
    private static final Namespace ATOM = Namespace.getNamespace("http://www.w3.org/2005/Atom");

    @TempDir
    Path folder;

    private FeedBench bench;

    @BeforeEach
    void open() {
        bench = new FeedBench(folder, URI.create("https://hub.example/?a=1&b=2"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static String text(FeedDocument document) {
        return new String(document.bytes(), StandardCharsets.UTF_8);
    }

    private static SyndFeed parsed(FeedDocument document) throws Exception {
        return new SyndFeedInput().build(new StringReader(text(document)));
    }

    private static Element xml(FeedDocument document) throws Exception {
        return new SAXBuilder()
                .build(new ByteArrayInputStream(document.bytes()))
                .getRootElement();
    }

    private static JsonNode json(FeedDocument document) throws Exception {
        return JsonMapper.builder().build().readTree(document.bytes());
    }

    private static SegmentImage image(String sha, String alt) {
        return new SegmentImage(new FittedImage(Path.of("x"), MediaType.JPEG, 640, 480, 12_345, sha.repeat(64)), alt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a < b && c > d \"e\" 'f'",
                "]]> <![CDATA[x]]> <!-- y --> <?php z ?>",
                "<script>alert(1)</script><img src=x onerror=alert(1)>",
                "&lt;déjà&gt; &amp; &#x0; &#xFFFF; &nbsp;",
                "nul \u0000 cloche \u0007 échap \u001B fin",
                "seul \uD83D haut, seul \uDE00 bas, \uFFFE, \uFFFF",
                "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDC67 e\u0301 « bonjour\u202F! » l\u2019été",
                "https://exemple.fr/?q=\"><script>alert(1)</script>&x='y'",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>&b;"
            })
    void hostile_texts_come_out_of_every_format_as_they_went_in(String hostile) throws Exception {
        LinkCard card = new LinkCard("https://exemple.fr/", hostile, hostile, null);
        bench.publish(segment(0, "Un message avec " + hostile, "fr", List.of(image("a", hostile)), card), "k1", null);
        String expected = "Un message avec "
                + hostile.replaceAll("[\u0000\u0007\u001B]", "")
                        .replaceAll("[\uFFFE\uFFFF]|\uD83D(?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])\uDE00", "\uFFFD");

        SyndEntry rss = parsed(bench.feeds.posts(FeedFormat.RSS)).getEntries().getFirst();
        SyndEntry atom = parsed(bench.feeds.posts(FeedFormat.ATOM)).getEntries().getFirst();
        JsonNode json = json(bench.feeds.posts(FeedFormat.JSON)).get("items").get(0);

        String html = rss.getDescription().getValue();
        assertThat(atom.getContents().getFirst().getValue()).isEqualTo(html);
        assertThat(json.get("content_html").asText()).isEqualTo(html);
        assertThat(json.get("content_text").asText()).isEqualTo(expected);
        assertThat(List.of(rss.getTitle(), atom.getTitle(), json.get("title").asText()))
                .hasSize(3)
                .containsOnly(rss.getTitle());
        Document shown = Jsoup.parseBodyFragment(html);
        assertThat(shown.body().child(0).wholeText()).isEqualTo(expected);
        assertThat(shown.select("script, [onerror], body > img")).isEmpty();
        assertThat(shown.select("img").attr("alt")).isEqualTo(expected.substring("Un message avec ".length()));
        assertThat(shown.select("a"))
                .allSatisfy(link -> assertThat(link.attr("href")).startsWith("https://exemple.fr/"));
    }

    @Test
    void rss_says_who_what_when_and_where() throws Exception {
        Receipt receipt = bench.publish(
                segment(
                        0,
                        "Réunion publique jeudi https://exemple.fr/agenda\nVenez\u202F!\n\n#Démocratie",
                        "fr-CA",
                        List.of(image("a", "La salle"), image("b", "")),
                        null),
                "k1",
                null);
        FeedDocument document = bench.feeds.posts(FeedFormat.RSS);
        Channel channel = (Channel) new WireFeedInput().build(new StringReader(text(document)));
        Item item = channel.getItems().getFirst();

        assertThat(document.contentType()).startsWith("application/rss+xml");
        assertThat(channel.getTitle()).isEqualTo("Ville & \"Nous\" <Exemple>");
        assertThat(channel.getLanguage()).isEqualTo("fr");
        assertThat(item.getTitle()).isEqualTo("Réunion publique jeudi");
        assertThat(item.getGuid().getValue()).isEqualTo("urn:uuid:" + receipt.remoteId());
        assertThat(item.getGuid().isPermaLink()).isFalse();
        assertThat(item.getLink()).isEqualTo(receipt.url());
        assertThat(item.getPubDate()).isEqualTo(Date.from(Instant.parse("2026-11-23T18:30:00Z")));
        assertThat(item.getCategories())
                .extracting(category -> category.getValue())
                .containsExactly("Démocratie");
        assertThat(item.getEnclosures()).singleElement().satisfies(enclosure -> {
            assertThat(enclosure.getUrl()).isEqualTo("https://exemple.fr/media/" + "a".repeat(64) + ".jpg");
            assertThat(enclosure.getLength()).isEqualTo(12_345);
            assertThat(enclosure.getType()).isEqualTo("image/jpeg");
        });
        assertThat(item.getDescription().getValue())
                .startsWith(
                        "<p>Réunion publique jeudi <a href=\"https://exemple.fr/agenda\">https://exemple.fr/agenda</a>"
                                + "<br/>\nVenez\u202F!</p>\n<p>#Démocratie</p>");

        Element root = xml(document).getChild("channel");
        assertThat(root.getChildren("link", ATOM))
                .extracting(link -> link.getAttributeValue("rel") + " " + link.getAttributeValue("href"))
                .containsExactly("self https://exemple.fr/feeds/posts.rss", "hub https://hub.example/?a=1&b=2");
        assertThat(root.getChild("item").getAttributeValue("lang", Namespace.XML_NAMESPACE))
                .isEqualTo("fr-CA");
        assertThat(root.getChild("item").getChildText("pubDate")).isEqualTo("Mon, 23 Nov 2026 18:30:00 GMT");
    }

    @Test
    void atom_and_json_feed_say_the_same() throws Exception {
        Receipt receipt = bench.publish(
                segment(0, "Bonjour #Été", "fr", List.of(image("a", "La salle"), image("b", "")), null), "k1", null);
        FeedDocument document = bench.feeds.posts(FeedFormat.ATOM);
        Feed feed = (Feed) new WireFeedInput().build(new StringReader(text(document)));
        assertThat(feed.getId()).isEqualTo("https://exemple.fr/feeds/posts.atom");
        assertThat(feed.getAuthors())
                .singleElement()
                .satisfies(author -> assertThat(author.getName()).isEqualTo("Ville & \"Nous\" <Exemple>"));
        assertThat(feed.getOtherLinks()).extracting(link -> link.getRel()).containsExactly("self", "hub");
        assertThat(feed.getEntries()).singleElement().satisfies(entry -> {
            assertThat(entry.getId()).isEqualTo("urn:uuid:" + receipt.remoteId());
            assertThat(entry.getPublished()).isEqualTo(Date.from(Instant.parse("2026-11-23T18:30:00Z")));
            assertThat(entry.getOtherLinks())
                    .extracting(link -> link.getRel())
                    .containsExactly("enclosure", "enclosure");
            assertThat(entry.getContents().getFirst().getType()).isEqualTo("html");
        });
        assertThat(xml(document).getAttributeValue("lang", Namespace.XML_NAMESPACE))
                .isEqualTo("fr");
        assertThat(xml(document).getChild("entry", ATOM).getChildText("updated", ATOM))
                .isEqualTo("2026-11-23T18:30:00Z");

        JsonNode json = json(bench.feeds.posts(FeedFormat.JSON));
        assertThat(json.get("version").asText()).isEqualTo("https://jsonfeed.org/version/1.1");
        assertThat(json.get("feed_url").asText()).isEqualTo("https://exemple.fr/feeds/posts.json");
        assertThat(json.at("/hubs/0/url").asText()).isEqualTo("https://hub.example/?a=1&b=2");
        JsonNode item = json.at("/items/0");
        assertThat(item.get("id").asText()).isEqualTo("urn:uuid:" + receipt.remoteId());
        assertThat(item.get("date_published").asText()).isEqualTo("2026-11-23T18:30:00Z");
        assertThat(item.get("language").asText()).isEqualTo("fr");
        assertThat(item.get("tags"))
                .singleElement()
                .satisfies(tag -> assertThat(tag.asText()).isEqualTo("Été"));
        assertThat(item.get("attachments")).hasSize(2);
        assertThat(item.at("/attachments/0/title").asText()).isEqualTo("La salle");
    }

    @ParameterizedTest
    @EnumSource(FeedFormat.class)
    void a_withdrawn_item_keeps_its_id_and_says_so_in_its_language(FeedFormat format) throws Exception {
        Receipt french =
                bench.publish(segment(0, "Un secret #tag", "fr", List.of(image("a", "secret")), null), "k1", null);
        Receipt english = bench.publish(segment(0, "A secret #tag", "en-GB", List.of(), null), "k2", null);
        bench.clock.move(Duration.ofMinutes(1));
        FeedDocument before = bench.feeds.posts(format);
        bench.network.delete(CHANNEL, french);
        bench.network.delete(CHANNEL, english);

        for (FeedDocument after : List.of(
                bench.feeds.posts(format), bench.feeds.tagged(format, "TAG").orElseThrow())) {
            assertThat(text(after))
                    .contains("urn:uuid:" + french.remoteId(), "urn:uuid:" + english.remoteId())
                    .contains("Message retiré", "Ce message a été retiré par", "This post was withdrawn by")
                    .doesNotContain("secret", "a".repeat(64));
            assertThat(after.lastModified()).isEqualTo(Instant.parse("2026-11-23T18:31:00Z"));
            assertThat(after.etag()).isNotEqualTo(before.etag());
        }
        if (format == FeedFormat.ATOM) {
            assertThat(xml(bench.feeds.posts(format)).getChildren("entry", ATOM))
                    .extracting(entry -> entry.getChildText("updated", ATOM))
                    .containsOnly("2026-11-23T18:31:00Z");
        }
    }

    @Test
    void tags_are_asked_for_in_any_case_but_with_their_accents() throws Exception {
        bench.publish("Un #Été et un #été");
        bench.publish("Une #ete");
        bench.publish("Un #E\u0301TE\u0301");
        assertThat(json(bench.feeds.tagged(FeedFormat.JSON, "éTÉ").orElseThrow())
                        .get("items"))
                .hasSize(2);
        assertThat(json(bench.feeds.tagged(FeedFormat.JSON, "ETE").orElseThrow())
                        .get("items"))
                .hasSize(1);
        assertThat(bench.feeds.tagged(FeedFormat.JSON, "jamais")).isEmpty();
        assertThat(bench.feeds.tagged(FeedFormat.JSON, "x".repeat(100_000))).isEmpty();
        assertThat(json(bench.feeds.tagged(FeedFormat.JSON, "Été").orElseThrow())
                        .get("feed_url")
                        .asText())
                .isEqualTo("https://exemple.fr/feeds/tags/%C3%A9t%C3%A9.json");
    }

    @Test
    void the_fifty_newest_are_shown_latest_first_and_nothing_is_a_feed_too() throws Exception {
        for (FeedFormat format : FeedFormat.values()) {
            assertThat(bench.feeds.posts(format).lastModified()).isEqualTo(Instant.EPOCH);
        }
        assertThat(parsed(bench.feeds.posts(FeedFormat.RSS)).getEntries()).isEmpty();
        assertThat(parsed(bench.feeds.posts(FeedFormat.ATOM)).getEntries()).isEmpty();
        for (int i = 1; i <= 52; i++) {
            bench.clock.move(Duration.ofMillis(1));
            bench.publish("Message numéro " + i);
        }
        List<SyndEntry> entries = parsed(bench.feeds.posts(FeedFormat.RSS)).getEntries();
        assertThat(entries).hasSize(50);
        assertThat(entries.getFirst().getTitle()).isEqualTo("Message numéro 52");
        assertThat(entries.getLast().getTitle()).isEqualTo("Message numéro 3");
    }

    @Test
    void a_document_is_kept_until_an_item_changes_and_answers_what_is_unchanged() {
        Receipt receipt = bench.publish("un");
        FeedDocument first = bench.feeds.posts(FeedFormat.RSS);
        assertThat(bench.feeds.posts(FeedFormat.RSS)).isSameAs(first);
        String date = first.lastModifiedHeader();
        assertThat(date).isEqualTo("Mon, 23 Nov 2026 18:30:00 GMT");

        assertThat(first.notModified(first.etag(), null)).isTrue();
        assertThat(first.notModified("\"x\", W/" + first.etag(), null)).isTrue();
        assertThat(first.notModified("*", null)).isTrue();
        assertThat(first.notModified(null, date)).isTrue();
        assertThat(first.notModified("\"x\"", date)).isFalse();
        assertThat(first.notModified(null, "Mon, 23 Nov 2026 18:29:59 GMT")).isFalse();
        assertThat(first.notModified(null, "hier")).isFalse();
        assertThat(first.notModified(null, null)).isFalse();

        bench.clock.move(Duration.ofSeconds(5));
        bench.network.delete(CHANNEL, receipt);
        FeedDocument second = bench.feeds.posts(FeedFormat.RSS);
        assertThat(second.notModified(first.etag(), null)).isFalse();
        assertThat(second.notModified(null, date)).isFalse();
    }

    @Test
    void a_change_is_seen_as_later_though_the_clock_was_set_back() {
        Receipt receipt = bench.publish("un");
        bench.clock.move(Duration.ofHours(-1));
        bench.network.delete(CHANNEL, receipt);
        assertThat(bench.stored().getFirst().changedAt()).isAfter(receipt.publishedAt());
    }

    @Test
    void the_page_of_an_item_is_escaped_and_that_of_no_item_is_none() {
        Receipt receipt = bench.publish("<script>alert(1)</script> & \"suite\"");
        Document page = Jsoup.parse(text(bench.feeds.page(receipt.remoteId()).orElseThrow()));
        assertThat(page.select("script")).isEmpty();
        assertThat(page.selectFirst("time").attr("datetime")).isEqualTo("2026-11-23T18:30:00.250Z");
        assertThat(page.selectFirst("time").text()).isEqualTo("23 novembre 2026, 19\u202fh\u202f30 (Europe/Paris)");
        assertThat(page.title()).isEqualTo("<script>alert(1)</script> & \"suite\" – Ville & \"Nous\" <Exemple>");
        assertThat(page.selectFirst("html").attr("lang")).isEqualTo("fr");
        assertThat(bench.feeds.page("../x")).isEmpty();
    }
}
