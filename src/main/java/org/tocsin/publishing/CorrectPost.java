package org.tocsin.publishing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment.Content;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;

/** Plans an erratum: a new post on every channel where the wrong one is out. It is accepted as any other plan is. */
public final class CorrectPost {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final PlanPost planner;

    public CorrectPost(UnitOfWork unitOfWork, PostRepository posts, DeliveryRepository deliveries, PlanPost planner) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
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
        List<Delivery> published = unitOfWork.read(tx -> deliveries.ofPost(tx, postId)).stream()
                .filter(delivery -> delivery.state() == DeliveryState.PUBLISHED)
                .toList();
        List<String> out = published.stream().map(Delivery::channelId).toList();
        if (out.isEmpty()) {
            throw FaultException.conflict(Message.of("publishing.correct.nowhere"));
        }
        PostRequest request = new PostRequest(
                erratum.text(),
                erratum.language() == null ? wrong.language() : erratum.language(),
                out,
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
        return planner.plan(actor, request).correcting(postId);
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
