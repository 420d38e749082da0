package org.tocsin.mention.feed;

import com.rometools.rome.feed.WireFeed;
import com.rometools.rome.feed.module.DCModule;
import com.rometools.rome.feed.module.SyModule;
import com.rometools.rome.feed.rss.Channel;
import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndPerson;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.PlainText;
import org.w3c.dom.Document;

/** RSS 0.9 to 2.0, RDF and Atom, by Rome. */
final class XmlFeed {
    private final XmlTree trees;

    XmlFeed() {
        this.trees = new XmlTree();
    }

    /** @return the feed; empty where the text is none */
    Optional<Parsed> read(String text, URI base, Instant now) {
        return trees.read(text).flatMap(tree -> feed(tree, base, now));
    }

    private static Optional<Parsed> feed(Document tree, URI base, Instant now) {
        SyndFeed feed;
        try {
            SyndFeedInput input = new SyndFeedInput();
            input.setPreserveWireFeed(true);
            input.setAllowDoctypes(true);
            feed = input.build(tree);
        } catch (FeedException | IllegalArgumentException | NullPointerException notAFeed) {
            // Rome answers some trees that it does not know with the machine's own exceptions.
            return Optional.empty();
        }
        String language = language(feed.getLanguage());
        List<HeardItem> items = Parsed.newest(feed.getEntries(), XmlFeed::date).stream()
                .flatMap(entry -> item(entry, language, base).heard(now).stream())
                .toList();
        String title = feed.getTitle() == null ? "" : PlainText.ofHtml(feed.getTitle(), 200);
        return Optional.of(new Parsed(title.isBlank() ? null : title, items, every(feed)));
    }

    private static FeedItem item(SyndEntry entry, @Nullable String language, URI base) {
        SyndContent body = entry.getContents().stream().findFirst().orElse(entry.getDescription());
        boolean plain = body != null && "text".equals(body.getType());
        SyndContent title = entry.getTitleEx();
        Optional<SyndPerson> person = entry.getAuthors().stream().findFirst();
        return new FeedItem(
                entry.getUri(),
                title == null || title.getValue() == null
                        ? null
                        : "text".equals(title.getType())
                                ? title.getValue()
                                : PlainText.ofHtml(title.getValue(), HeardItem.MAX_TITLE),
                body == null || plain ? null : body.getValue(),
                plain ? body.getValue() : null,
                entry.getLink() != null ? entry.getLink() : entry.getUri(),
                person.map(SyndPerson::getName).filter(name -> !name.isBlank()).orElse(entry.getAuthor()),
                person.map(SyndPerson::getUri).orElse(null),
                date(entry),
                Optional.ofNullable(entry.getModule(DCModule.URI))
                        .map(module -> language(((DCModule) module).getLanguage()))
                        .orElse(language),
                entry.getCategories().stream()
                        .map(SyndCategory::getName)
                        .flatMap(Stream::ofNullable)
                        .toList(),
                !entry.getEnclosures().isEmpty(),
                base);
    }

    private static @Nullable Instant date(SyndEntry entry) {
        Date date = entry.getPublishedDate() == null ? entry.getUpdatedDate() : entry.getPublishedDate();
        return date == null ? null : date.toInstant();
    }

    private static @Nullable String language(@Nullable String said) {
        return said != null && said.strip().matches("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
                ? said.strip().replace('_', '-')
                : null;
    }

    /** {@code ttl} in minutes (RSS 2.0), or {@code sy:updatePeriod} by {@code sy:updateFrequency} (RSS 1.0 Syndication module). */
    private static @Nullable Duration every(SyndFeed feed) {
        WireFeed wire = feed.originalWireFeed();
        if (wire instanceof Channel channel && channel.getTtl() > 0) {
            return Duration.ofMinutes(channel.getTtl());
        }
        if (!(feed.getModule(SyModule.URI) instanceof SyModule pace) || pace.getUpdatePeriod() == null) {
            return null;
        }
        int times = Math.max(1, pace.getUpdateFrequency());
        return switch (pace.getUpdatePeriod()) {
            case "hourly" -> Duration.ofHours(1).dividedBy(times);
            case "daily" -> Duration.ofDays(1).dividedBy(times);
            case "weekly" -> Duration.ofDays(7).dividedBy(times);
            case "monthly" -> Duration.ofDays(30).dividedBy(times);
            case "yearly" -> Duration.ofDays(365).dividedBy(times);
            default -> null;
        };
    }
}
