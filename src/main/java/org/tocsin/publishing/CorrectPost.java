package org.tocsin.publishing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliverySegment.Content;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.FormerAccount;
import org.tocsin.delivery.Removal;
import org.tocsin.network.Channel;
import org.tocsin.network.RemoteRef;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;

/** Plans an erratum: a new post on every channel where the wrong one is out. It is accepted as any other plan is. */
public final class CorrectPost {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final PlanPost planner;

    public CorrectPost(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            PlanPost planner) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.channels = channels;
        this.planner = planner;
    }

    /**
     * @param erratum what it says; its channels, what it answers and its campaign are those of the wrong post, and so is its language
     *     where it names none
     * @throws FaultException NOT_FOUND; CONFLICT when the post is out nowhere; else as for a submission
     */
    public PostPlan plan(Actor actor, String postId, PostRequest erratum) {
        actor.require(Scope.POST);
        Post wrong = unitOfWork
                .read(tx -> posts.find(tx, actor.branch(), postId))
                .orElseThrow(() -> FaultException.notFound("post", postId));
        List<Wrong> published = published(postId);
        if (published.isEmpty()) {
            throw FaultException.conflict(Message.of("publishing.correct.nowhere"));
        }
        return answering(actor, wrong, erratum, published);
    }

    /**
     * An erratum that was taken back before it left, and is written again: it stays one. Where the wrong post is out it answers it; elsewhere
     * it says the same by itself.
     *
     * @param again with the channels, the campaign and all else as they were written
     * @throws FaultException NOT_FOUND; else as for a submission
     */
    public PostPlan again(Actor actor, String postId, PostRequest again) {
        actor.require(Scope.POST);
        Post wrong = unitOfWork
                .read(tx -> posts.find(tx, actor.branch(), postId))
                .orElseThrow(() -> FaultException.notFound("post", postId));
        return under(planner.plan(actor, again).correcting(wrong.id()), published(postId));
    }

    private List<Wrong> published(String postId) {
        return unitOfWork.read(tx -> deliveries.ofPost(tx, postId).stream()
                .filter(delivery -> delivery.state() == DeliveryState.PUBLISHED)
                .flatMap(delivery -> wrong(tx, delivery).stream())
                .toList());
    }

    /** A channel that was removed is corrected by nobody, and keeps nobody from correcting the others. */
    private Optional<Wrong> wrong(Tx tx, Delivery delivery) {
        return channels.find(tx, delivery.channelId())
                .map(channel -> new Wrong(
                        delivery,
                        channel,
                        deliveries.segments(tx, delivery.id()).getFirst()));
    }

    /** A delivery of the wrong post, by its first segment. */
    record Wrong(Delivery delivery, Channel channel, DeliverySegment first) {}

    /**
     * An erratum under the wrong post on each of these channels; one that came out on another account is not answered.
     *
     * @param undoSeconds in which it may be taken back; 0 for none
     */
    PostPlan answering(Actor actor, Post wrong, String text, int undoSeconds, List<Wrong> published) {
        PostRequest erratum = new PostRequest(
                text, null, null, null, null, undoSeconds, false, false, Map.of(), List.of(), null, null, null, null);
        return answering(actor, wrong, erratum, published);
    }

    private PostPlan answering(Actor actor, Post wrong, PostRequest erratum, List<Wrong> published) {
        return under(
                plan(
                        actor,
                        wrong,
                        erratum,
                        published.stream().map(Wrong::delivery).toList()),
                published);
    }

    private static PostPlan under(PostPlan plan, List<Wrong> published) {
        return plan.saying(plan.composed().stream()
                .map(composed -> published.stream()
                        .filter(one ->
                                one.channel().id().equals(composed.channel().id()))
                        .findFirst()
                        .flatMap(CorrectPost::reference)
                        .map(composed::answering)
                        .orElse(composed))
                .toList());
    }

    private static Optional<RemoteRef> reference(Wrong wrong) {
        return Optional.ofNullable(wrong.first().receipt())
                .filter(receipt -> !receipt.remoteId().startsWith(Removal.RESOLVED))
                .filter(receipt -> !FormerAccount.published(wrong.channel(), receipt))
                .map(receipt -> new RemoteRef(
                        receipt.remoteId(), Objects.requireNonNullElse(receipt.url(), ""), receipt.details()));
    }

    private PostPlan plan(Actor actor, Post wrong, PostRequest erratum, List<Delivery> published) {
        PostRequest request = new PostRequest(
                erratum.text(),
                erratum.language() == null ? wrong.language() : erratum.language(),
                published.stream().map(Delivery::channelId).toList(),
                erratum.at(),
                erratum.zone(),
                erratum.undoSeconds() == null ? Integer.valueOf(0) : erratum.undoSeconds(),
                erratum.allowThread() || wrong.allowThread(),
                erratum.numbering() || wrong.numbering(),
                variants(published, erratum),
                erratum.media(),
                null,
                wrong.campaign(),
                erratum.contentWarning(),
                erratum.visibility());
        return planner.plan(actor, request).correcting(wrong.id());
    }

    /** What was said to a few, or behind a warning, is corrected to the same few and behind the same warning, unless the author says else. */
    private Map<String, PostVariant> variants(List<Delivery> published, PostRequest erratum) {
        Map<String, PostVariant> variants = new HashMap<>(erratum.variants());
        for (Delivery delivery : published) {
            Content said = unitOfWork
                    .read(tx -> deliveries.segments(tx, delivery.id()))
                    .getFirst()
                    .content();
            PostVariant own = variants.getOrDefault(
                    delivery.channelId(), variants.getOrDefault(delivery.network(), new PostVariant(null, null, null)));
            PostVariant whole = new PostVariant(
                    own.text(),
                    first(own.contentWarning(), erratum.contentWarning(), said.contentWarning()),
                    first(own.visibility(), erratum.visibility(), said.visibility()));
            if (!whole.equals(own)) {
                variants.put(delivery.channelId(), whole);
            }
        }
        return variants;
    }

    private static @Nullable String first(@Nullable String own, @Nullable String asked, @Nullable String before) {
        return own != null ? own : asked != null ? null : before;
    }
}
