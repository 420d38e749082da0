package org.tocsin.web.desk;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.ReplyRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.network.Channel;

/**
 * Answers to what was heard: a post of our own that names its author and links to it, on the channels of its network. No network is asked for
 * an answer below a stranger's post: a post that is answered is one of ours everywhere else in the program.
 */
final class Replies {
    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final Sources sources;
    private final ChannelRepository channels;
    private final DeliveryRepository deliveries;
    private final ReplyRepository replies;
    private final Clock clock;

    Replies(DeskParts parts) {
        this.unitOfWork = parts.unitOfWork();
        this.mentions = parts.mentions();
        this.sources = parts.sources();
        this.channels = parts.channels();
        this.deliveries = parts.deliveries();
        this.replies = parts.alerting().heard().replies();
        this.clock = parts.clock();
    }

    /** What an answer begins with; {@code channels} is empty where we have none on its network. */
    record Begun(String text, List<String> channels) {}

    /** @return what the form of an answer begins with; empty where nothing is answered, or it is gone */
    Optional<Begun> begun(Visit visit) {
        return asked(visit)
                .flatMap(id ->
                        unitOfWork.read(tx -> mentions.find(tx, visit.actor().branch(), id)))
                .filter(mention -> mention.deletedAt() == null)
                .map(mention -> new Begun(text(mention), channels(visit, mention)));
    }

    private static Optional<String> asked(Visit visit) {
        return Optional.of(visit.reply()).filter(id -> !id.isEmpty());
    }

    private static String text(Mention mention) {
        String handle = mention.heard().author().handle();
        @Nullable String url = mention.heard().url();
        return "\n\n"
                + Stream.of(handle == null || handle.isBlank() || handle.contains(" ") ? "" : "@" + handle, url)
                        .filter(part -> part != null && !part.isEmpty())
                        .collect(Collectors.joining(" "));
    }

    private List<String> channels(Visit visit, Mention mention) {
        return networks(visit)
                .getOrDefault(
                        sources.all(visit.actor()).stream()
                                .map(Sources.Seen::source)
                                .filter(source -> source.id().equals(mention.sourceId()))
                                .map(Source::network)
                                .findFirst()
                                .orElse(""),
                        List.of());
    }

    /** @return our channels by their network */
    Map<String, List<String>> networks(Visit visit) {
        return unitOfWork.read(tx -> channels.all(tx, visit.actor().branch())).stream()
                .collect(Collectors.groupingBy(Channel::network, Collectors.mapping(Channel::id, Collectors.toList())));
    }

    /** Remembers what a post answers, in the transaction that accepts it. */
    void answered(Tx tx, Visit visit, String postId) {
        asked(visit)
                .filter(id -> mentions.find(tx, visit.actor().branch(), id).isPresent())
                .ifPresent(id -> replies.put(tx, visit.actor().branch(), id, postId, clock.instant()));
    }

    /** @return the posts that answer these, by the id of the mention */
    Map<String, List<Reply>> of(Visit visit, Collection<String> mentionIds) {
        return unitOfWork.read(tx -> {
            Map<String, List<Reply>> all = new HashMap<>();
            replies.of(tx, visit.actor().branch(), mentionIds)
                    .forEach((mention, posts) -> all.put(
                            mention,
                            posts.stream().map(id -> reply(tx, visit, id)).toList()));
            return all;
        });
    }

    private Reply reply(Tx tx, Visit visit, String postId) {
        List<Delivery> some = deliveries.ofPost(tx, postId);
        long out = some.stream()
                .filter(one -> one.state() == DeliveryState.PUBLISHED)
                .count();
        return new Reply(
                "/desk/posts/" + postId,
                out == some.size(),
                visit.t("desk.coming.answered", "out", out, "count", some.size()));
    }
}
