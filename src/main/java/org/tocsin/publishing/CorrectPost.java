package org.tocsin.publishing;

import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;

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
        List<String> out = unitOfWork.read(tx -> deliveries.ofPost(tx, postId)).stream()
                .filter(delivery -> delivery.state() == DeliveryState.PUBLISHED)
                .map(Delivery::channelId)
                .toList();
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
                erratum.variants(),
                erratum.media(),
                null,
                wrong.campaign(),
                erratum.contentWarning(),
                erratum.visibility());
        return planner.plan(actor, request).correcting(postId);
    }
}
