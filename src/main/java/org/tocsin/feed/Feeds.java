package org.tocsin.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Messages;
import org.tocsin.base.Ticker;
import org.tocsin.base.UnitOfWork;

/** Our feeds as documents, kept in memory until an item changes. */
public final class Feeds {
    private static final int SHOWN = 50;
    private static final int KEPT = 200;
    private static final int PICTURES = 2000;
    private static final int LONGEST_TAG = 200;
    /** Another daemon on the same database may have changed an item. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final UnitOfWork unitOfWork;
    private final FeedRepository items;
    private final FeedSettings settings;
    private final FeedViews views;
    private final AtomicLong generation;
    private final Cache<Key, FeedDocument> documents;
    private final Cache<Picture, Boolean> pictures;

    /**
     * @param messages of the area {@code feed}: what a withdrawn item says
     * @param ticker   for the age of what is kept
     */
    public Feeds(UnitOfWork unitOfWork, FeedRepository items, FeedSettings settings, Messages messages, Ticker ticker) {
        this.unitOfWork = unitOfWork;
        this.items = items;
        this.settings = settings;
        this.views = new FeedViews(settings, messages);
        this.generation = new AtomicLong();
        this.documents = Caffeine.newBuilder()
                .maximumSize(KEPT)
                .expireAfterWrite(FRESH)
                .ticker(ticker::nanos)
                .build();
        this.pictures = Caffeine.newBuilder()
                .maximumSize(PICTURES)
                .expireAfterWrite(FRESH)
                .ticker(ticker::nanos)
                .build();
    }

    /** @return whether an item that stands shows that picture: a picture of a post that is not out, or was taken back, is nobody's to see */
    public boolean shows(String sha256) {
        return pictures.get(
                new Picture(generation.get(), sha256),
                key -> unitOfWork.read(tx -> items.shows(tx, settings.branch(), sha256)));
    }

    private record Picture(long generation, String sha256) {}

    /** The generation is that before reading, so that nothing read before a change is found after it. */
    private record Key(
            long generation, FeedFormat format, @Nullable String tag) {}

    /** @return the feed of the 50 newest posts */
    public FeedDocument posts(FeedFormat format) {
        return documents.get(
                new Key(generation.get(), format, null),
                key -> document(format, null, unitOfWork.read(tx -> items.newest(tx, settings.branch(), SHOWN))));
    }

    /**
     * @param tag without {@code #}, decoded; its case does not matter, its accents do
     * @return the feed of the 50 newest posts with that hashtag; empty where no post ever had it
     */
    public Optional<FeedDocument> tagged(FeedFormat format, String tag) {
        if (tag.length() > LONGEST_TAG) {
            return Optional.empty();
        }
        String folded = Tags.folded(tag);
        return Optional.ofNullable(documents.get(new Key(generation.get(), format, folded), key -> {
            List<FeedItem> found = unitOfWork.read(tx -> items.tagged(tx, settings.branch(), folded, SHOWN));
            return found.isEmpty() ? null : document(format, folded, found);
        }));
    }

    /**
     * @param id of an item, as at the end of its permanent address
     * @return its page; that of a withdrawn item says so. Empty where there is none
     */
    public Optional<FeedDocument> page(String id) {
        return unitOfWork
                .read(tx -> items.find(tx, id))
                .filter(item -> item.branch().equals(settings.branch()))
                .map(item -> FeedDocument.of(
                        "text/html; charset=utf-8",
                        ItemPage.write(views.entry(item), settings.organisation(), settings.zone()),
                        item.changedAt()));
    }

    private FeedDocument document(FeedFormat format, @Nullable String tag, List<FeedItem> found) {
        // Without an item there is no change to date it by.
        Instant changed = found.stream()
                .map(FeedItem::changedAt)
                .max(Instant::compareTo)
                .or(() -> unitOfWork.read(tx -> items.since(tx, settings.branch())))
                .orElse(Instant.EPOCH);
        FeedView view = views.feed(format, tag, found, changed);
        String text = switch (format) {
            case RSS -> RssFeed.write(view);
            case ATOM -> AtomFeed.write(view);
            case JSON -> JsonFeed.write(view);
        };
        return FeedDocument.of(format.contentType(), text, view.updated());
    }

    /** An item has changed, and the change is durable. */
    void changed() {
        generation.incrementAndGet();
    }
}
