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
import org.tocsin.network.Networks;
import org.tocsin.publishing.Answering;

/**
 * Answers to what was heard: an ordinary post that stands below it, on a channel of its network; or, where that cannot be, a post of our own
 * that names its author and links to it.
 */
final class Replies {
    /** Before the id of what a post is about without standing below it. */
    private static final String ABOUT = "about:";
    /** Tells an author of an answer only where the text names him (docs.joinmastodon.org/methods/statuses). */
    private static final String NAMES_ITS_AUTHOR = "mastodon";

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final Answering answering;
    private final Networks networks;
    private final ChannelRepository channels;
    private final DeliveryRepository deliveries;
    private final ReplyRepository replies;
    private final Clock clock;

    Replies(DeskParts parts) {
        this.unitOfWork = parts.unitOfWork();
        this.mentions = parts.mentions();
        this.answering = parts.alerting().heard().answering();
        this.networks = parts.networks();
        this.channels = parts.channels();
        this.deliveries = parts.deliveries();
        this.replies = parts.alerting().heard().replies();
        this.clock = parts.clock();
    }

    /** What an answer begins with; {@code channels} is empty where the usual ones do. */
    record Begun(String text, List<String> channels) {}

    /** @return what the form of an answer begins with; empty where nothing is answered, or it is gone */
    Optional<Begun> begun(Visit visit) {
        return asked(visit.reply())
                .flatMap(id ->
                        unitOfWork.read(tx -> mentions.find(tx, visit.actor().branch(), id)
                                .filter(mention -> mention.deletedAt() == null)
                                .map(mention -> about(visit.reply())
                                        ? new Begun(
                                                "\n\n"
                                                        + parts(
                                                                handle(mention),
                                                                mention.heard().url()),
                                                List.of())
                                        : below(tx, visit, mention))));
    }

    /** One channel answers: from several the same words would stand there twice. */
    private Begun below(Tx tx, Visit visit, Mention mention) {
        List<String> able = answering
                .ways(tx, visit.actor().branch(), List.of(mention.id()))
                .get(mention.id())
                .channels();
        boolean names = able.stream()
                .limit(1)
                .flatMap(id -> channels.find(tx, id).stream())
                .anyMatch(channel -> networks.standsFor(channel).equals(NAMES_ITS_AUTHOR));
        String handle = handle(mention);
        return new Begun(
                names && !handle.isEmpty() ? handle + " " : "",
                able.stream().limit(1).toList());
    }

    private static String handle(Mention mention) {
        String handle = mention.heard().author().handle();
        return handle == null || handle.isBlank() || handle.contains(" ") ? "" : "@" + handle;
    }

    private static String parts(String handle, @Nullable String url) {
        return Stream.of(handle, url)
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** @return whether a post is about what was heard, and does not stand below it */
    static boolean about(String reply) {
        return reply.startsWith(ABOUT);
    }

    /** @return the id of what is answered or written about */
    private static Optional<String> asked(String reply) {
        return Optional.of(about(reply) ? reply.substring(ABOUT.length()) : reply)
                .filter(id -> !id.isEmpty());
    }

    /** @return how each of these can be answered, by its id */
    Map<String, ReplyButton> buttons(Visit visit, Collection<String> mentionIds) {
        Map<String, ReplyButton> buttons = new HashMap<>();
        unitOfWork
                .read(tx -> answering.ways(tx, visit.actor().branch(), mentionIds))
                .forEach((id, ways) -> buttons.put(
                        id,
                        new ReplyButton(
                                "/desk/write?reply=" + id,
                                ways.why() == null ? "" : visit.said(ways.why()),
                                "/desk/write?reply=" + ABOUT + id)));
        return buttons;
    }

    /** Remembers what a post answers, in the transaction that accepts it. */
    void answered(Tx tx, Visit visit, String postId) {
        asked(visit.reply())
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
