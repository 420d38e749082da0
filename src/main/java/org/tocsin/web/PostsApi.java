package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.mention.ReplyRepository;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.publishing.Answering;
import org.tocsin.publishing.CorrectPost;
import org.tocsin.publishing.DeletePost;
import org.tocsin.publishing.EditPost;
import org.tocsin.publishing.PlanPost;
import org.tocsin.publishing.PostPlan;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.SubmitPost;
import org.tocsin.subscriber.SignUpLinks;

/** Posts over REST. */
final class PostsApi {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final PlanPost planner;
    private final SubmitPost submit;
    private final CorrectPost correct;
    private final EditPost edit;
    private final DeletePost delete;
    private final ReplyRepository replies;
    private final SignUpLinks brings;
    private final IdempotencyKeys keys;
    private final Corrections corrections;
    private final PostViews shown;
    private final Json json;
    private final Clock clock;

    PostsApi(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            PlanPost planner,
            SubmitPost submit,
            CorrectPost correct,
            EditPost edit,
            DeletePost delete,
            ReplyRepository replies,
            SignUpLinks brings,
            IdempotencyKeys keys,
            Corrections corrections,
            PostViews shown,
            Json json,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.planner = planner;
        this.submit = submit;
        this.correct = correct;
        this.edit = edit;
        this.delete = delete;
        this.replies = replies;
        this.brings = brings;
        this.keys = keys;
        this.corrections = corrections;
        this.shown = shown;
        this.json = json;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/posts", Scope.POST, this::submit),
                Endpoint.get("/api/v1/posts", Scope.READ, this::list),
                Endpoint.get("/api/v1/posts/:id", Scope.READ, this::one),
                Endpoint.patch("/api/v1/posts/:id", Scope.POST, this::edit),
                Endpoint.delete("/api/v1/posts/:id", Scope.POST, this::delete),
                Endpoint.post("/api/v1/posts/:id/correct", Scope.POST, this::correct));
    }

    private Response submit(Request request) {
        PostBodies.Submission body = json.read(request, PostBodies.Submission.class);
        if (Boolean.TRUE.equals(body.dryRun())) {
            return dryRun(request, planner.plan(request.actor(), body.request()));
        }
        return keys.once(request, () -> accept(request, planner.plan(request.actor(), body.request()), body.replyTo()));
    }

    private Response correct(Request request) {
        PostBodies.Correction body = json.read(request, PostBodies.Correction.class);
        String wrong = request.param("id");
        if (body.edits()) {
            return corrections.revise(request, wrong, body);
        }
        if (Boolean.TRUE.equals(body.dryRun())) {
            return dryRun(request, correct.plan(request.actor(), wrong, body.request()));
        }
        return keys.once(request, () -> accept(request, correct.plan(request.actor(), wrong, body.request()), null));
    }

    private Response edit(Request request) {
        PostBodies.Change body = json.read(request, PostBodies.Change.class);
        return keys.once(
                request, () -> edit.edit(request.actor(), request.param("id"), body.edit(), kept(request, 200, null)));
    }

    private Response accept(Request request, PostPlan plan, @Nullable String replyTo) {
        return submit.accept(request.actor(), plan, kept(request, 201, replyTo));
    }

    /**
     * The answer, stored under the request's key in the transaction that does what was asked.
     *
     * @param replyTo as asked: a mention that is answered shows its answer from now on
     */
    private SubmitPost.Within<Response> kept(Request request, int status, @Nullable String replyTo) {
        return new SubmitPost.Within<>() {
            @Override
            public void before(Tx tx) {
                keys.check(tx, request);
            }

            @Override
            public Response after(Tx tx, SubmitPost.Accepted accepted) {
                if (replyTo != null && Answering.isMention(replyTo)) {
                    replies.put(
                            tx,
                            request.actor().branch(),
                            replyTo,
                            accepted.post().id(),
                            clock.instant());
                }
                ObjectNode node = shown.post(tx, accepted.post(), accepted.deliveries(), request.locale());
                shown.warnings(node, accepted.warnings(), request.locale());
                Response answer = Response.json(status, json.write(node));
                Response response = status == 201
                        ? answer.with(
                                "Location", "/api/v1/posts/" + accepted.post().id())
                        : answer;
                keys.store(tx, request, response, clock.instant());
                return response;
            }
        };
    }

    private Response dryRun(Request request, PostPlan plan) {
        return Response.json(200, json.write(shown.dryRun(plan, request.locale())));
    }

    private Response list(Request request) {
        int limit = Paging.limit(request);
        return unitOfWork.read(tx -> {
            List<Post> page = posts.page(tx, request.actor().branch(), Paging.after(request), limit + 1);
            ObjectNode node = json.object();
            ArrayNode items = node.putArray("items");
            page.stream()
                    .limit(limit)
                    .forEach(post ->
                            items.add(shown.post(tx, post, deliveries.ofPost(tx, post.id()), request.locale())));
            node.put("next", page.size() > limit ? page.get(limit - 1).id() : null);
            return Response.json(200, json.write(node));
        });
    }

    private Response one(Request request) {
        long brought = brings.ofPost(request.actor(), request.param("id")).confirmed();
        return unitOfWork.read(tx -> {
            Post post = find(tx, request);
            ObjectNode node = shown.post(tx, post, deliveries.ofPost(tx, post.id()), request.locale());
            node.put("confirmedSubscribers", brought);
            return Response.json(200, json.write(node));
        });
    }

    private Post find(Tx tx, Request request) {
        return posts.find(tx, request.actor().branch(), request.param("id"))
                .orElseThrow(() -> FaultException.notFound("post", request.param("id")));
    }

    private Response delete(Request request) {
        List<Delivery> left = delete.delete(request.actor(), request.param("id"));
        return unitOfWork.read(tx -> {
            Post post = find(tx, request);
            ObjectNode node = shown.post(tx, post, deliveries.ofPost(tx, post.id()), request.locale());
            ArrayNode open = node.putArray("undecided");
            left.forEach(delivery -> open.add(delivery.id()));
            ArrayNode errata = node.putArray("errata");
            posts.errata(tx, post.branch(), post.id()).forEach(errata::add);
            return Response.json(202, json.write(node));
        });
    }
}
