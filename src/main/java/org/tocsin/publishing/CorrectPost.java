package org.tocsin.publishing;

import java.util.List;
import java.util.Map;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;

/** Publishes an erratum: a new post on every channel where the wrong one is out. */
public final class CorrectPost {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final SubmitPost submit;
    private final Wakeup wakeup;

    public CorrectPost(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            SubmitPost submit,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.submit = submit;
        this.wakeup = wakeup;
    }

    /**
     * @param text of the erratum
     * @throws FaultException NOT_FOUND; CONFLICT when the post is out nowhere; else as for a submission
     */
    public SubmitPost.Accepted correct(Actor actor, String postId, String text) {
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
                text,
                wrong.language(),
                out,
                null,
                null,
                0,
                wrong.allowThread(),
                wrong.numbering(),
                Map.of(),
                List.of(),
                null,
                wrong.campaign());
        SubmitPost.Plan plan = submit.plan(actor, request);
        SubmitPost.Accepted accepted = unitOfWork.write(Urgency.REQUEST, tx -> submit.insert(tx, actor, plan, postId));
        wakeup.ring();
        return accepted;
    }
}
