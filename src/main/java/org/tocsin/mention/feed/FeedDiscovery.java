package org.tocsin.mention.feed;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.mention.PlainText;
import org.tocsin.network.Answers;
import org.tocsin.network.PublishResult.NoEffect;

/** Finds the feeds of a page: people give the address of the page. */
public final class FeedDiscovery {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MAX_FOUND = 20;
    private static final Set<String> TYPES = Set.of(
            "application/rss+xml",
            "application/atom+xml",
            "application/rdf+xml",
            "application/feed+json",
            "application/json");

    private final HttpClient http;
    private final FeedParser parser;
    private final Answers answers;
    private final Clock clock;

    FeedDiscovery(HttpClient http, FeedParser parser, Answers answers, Clock clock) {
        this.http = http;
        this.parser = parser;
        this.answers = answers;
        this.clock = clock;
    }

    /** A feed that can be added. */
    public record Candidate(String url, @Nullable String title) {}

    /**
     * What stands at an address.
     *
     * @param feeds   the one that stands there itself, else those that the page names; may be empty
     * @param failure why nothing could be read; null where something was
     */
    public record Found(List<Candidate> feeds, @Nullable NoEffect failure) {}

    Found look(URI url) {
        HttpClient.Followed followed = http.follow(HttpRequest.get(url).within(DEADLINE), FeedReader.MAX_BYTES);
        if (!(followed.result() instanceof Answer answer) || !answer.ok()) {
            return new Found(List.of(), answers.harmless(followed.result()));
        }
        URI base = followed.at();
        Optional<Parsed> feed =
                parser.read(answer.bytes(), answer.header("content-type").orElse(null), base, clock.instant());
        return feed.map(parsed -> new Found(
                        List.of(new Candidate(
                                (followed.moved() == null ? url : followed.moved()).toString(), parsed.title())),
                        null))
                .orElseGet(() -> new Found(named(answer, base), null));
    }

    private static List<Candidate> named(Answer answer, URI base) {
        String page =
                FeedBytes.text(answer.bytes(), answer.header("content-type").orElse(null));
        Map<String, Candidate> found = new LinkedHashMap<>();
        for (Element link : Jsoup.parse(page, base.toString()).select("link[rel~=(?i)\\balternate\\b][href]")) {
            String type = link.attr("type").toLowerCase(Locale.ROOT).strip();
            Optional<String> address = PlainText.link(link.absUrl("href"));
            if (TYPES.contains(type) && address.isPresent() && found.size() < MAX_FOUND) {
                String title = PlainText.cut(link.attr("title"), 200);
                found.putIfAbsent(address.get(), new Candidate(address.get(), title.isEmpty() ? null : title));
            }
        }
        return new ArrayList<>(found.values());
    }
}
