package org.tocsin.feed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tocsin.base.Tx;
import org.tocsin.network.Channel;
import org.tocsin.network.DeliveryKey;

/** Puts items on the shelf, adds to them and takes them back; whoever must know of a change is told in the same transaction. */
final class FeedShelf {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final FeedRepository items;
    private final Feeds feeds;
    private final FeedPings pings;

    FeedShelf(FeedRepository items, Feeds feeds, FeedPings pings) {
        this.items = items;
        this.feeds = feeds;
        this.pings = pings;
    }

    /** The place of a part. */
    record Added(FeedItem item, int part) {}

    /** @return the new item, or the one that was stored under the key before */
    FeedItem store(Tx tx, Channel channel, DeliveryKey key, FeedRequest request, Instant now) {
        FeedPart part = new FeedPart(key.value(), request.text(), now.toEpochMilli(), false);
        FeedContent content =
                new FeedContent(request.language(), List.of(part), request.images(), request.card(), request.replyTo());
        FeedItem item = new FeedItem(id(key), channel.branch(), channel.id(), key.value(), content, now, now, null, 1);
        if (!items.insert(tx, item)) {
            return items.findByKey(tx, channel.id(), key.value()).orElseThrow();
        }
        tell(tx, item);
        return item;
    }

    /** It comes from the key of the delivery, so that a reader of the feed knows the item again after a restore. */
    private static String id(DeliveryKey key) {
        return UUID_FORM.matcher(key.value()).matches()
                ? key.value()
                : UUID.nameUUIDFromBytes(key.value().getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    /** @return where the part is, now or already before; empty when there is no such item or it was withdrawn */
    Optional<Added> append(Tx tx, String itemId, DeliveryKey key, String text, Instant now) {
        Optional<FeedItem> found = items.find(tx, itemId);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        FeedItem item = found.get();
        Optional<Integer> known = partOf(item, key);
        if (known.isPresent()) {
            return Optional.of(new Added(item, known.get()));
        }
        if (item.withdrawnAt() != null) {
            return Optional.empty();
        }
        FeedPart part = new FeedPart(key.value(), text, now.toEpochMilli(), false);
        FeedItem longer = item.changed(item.content().with(part), now);
        save(tx, longer, item);
        return Optional.of(new Added(longer, longer.content().parts().size() - 1));
    }

    /** @return the item as it is now; empty when there is none */
    Optional<FeedItem> withdraw(Tx tx, PartId id, Instant now) {
        Optional<FeedItem> found = items.find(tx, id.item());
        if (found.isEmpty() || id.part() >= found.get().content().parts().size()) {
            return found;
        }
        FeedItem item = found.get();
        boolean gone = item.withdrawnAt() != null
                || item.content().parts().get(id.part()).withdrawn();
        if (gone) {
            return found;
        }
        FeedItem changed = id.part() == 0
                ? item.withdrawn(now)
                : item.changed(item.content().without(id.part()), now);
        save(tx, changed, item);
        return Optional.of(changed);
    }

    /** @return false when the part is not there any more; one that says this already is left as it is */
    boolean reword(Tx tx, PartId id, FeedRequest words, Instant now) {
        Optional<FeedItem> found = items.find(tx, id.item());
        if (found.isEmpty() || id.part() >= found.get().content().parts().size()) {
            return false;
        }
        FeedItem item = found.get();
        if (item.withdrawnAt() != null || item.content().parts().get(id.part()).withdrawn()) {
            return false;
        }
        FeedContent said = item.content().saying(id.part(), words.text(), words.card());
        if (!said.equals(item.content())) {
            save(tx, item.changed(said, now), item);
        }
        return true;
    }

    /** @return the place of the part with that key */
    static Optional<Integer> partOf(FeedItem item, DeliveryKey key) {
        List<FeedPart> parts = item.content().parts();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).key().equals(key.value())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private void save(Tx tx, FeedItem changed, FeedItem seen) {
        if (!items.save(tx, changed, seen.version())) {
            throw new IllegalStateException("feed item " + seen.id() + " was changed at the same time");
        }
        tell(tx, changed);
    }

    private void tell(Tx tx, FeedItem item) {
        Set<String> written = item.content().tags().stream().map(Tags::folded).collect(Collectors.toSet());
        items.tag(tx, item, written);
        pings.due(tx, items.tags(tx, item), item.changedAt());
        tx.afterCommit(feeds::changed);
    }
}
