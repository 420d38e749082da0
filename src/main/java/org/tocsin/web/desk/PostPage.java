package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryAttempt;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.publishing.CorrectPost;
import org.tocsin.publishing.DeletePost;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.PostRequest;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** A post: where each of its deliveries stands and why; deleting it everywhere, and correcting it. */
final class PostPage {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final DeletePost delete;
    private final CorrectPost correct;
    private final Rows rows;
    private final Sending sending;
    private final Templates templates;

    PostPage(DeskParts parts, Rows rows, Sending sending, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.posts = parts.posts();
        this.deliveries = parts.deliveries();
        this.delete = parts.delete();
        this.correct = parts.correct();
        this.rows = rows;
        this.sending = sending;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/posts/:id", Scope.READ, visit -> show(200, visit, List.of())),
                Route.post("/desk/posts/:id/delete", Scope.POST, this::delete),
                Route.post("/desk/posts/:id/correct", Scope.POST, this::correct));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        String id = visit.request().param("id");
        return unitOfWork.read(tx -> {
            Post post =
                    posts.find(tx, visit.user().branch(), id).orElseThrow(() -> FaultException.notFound("post", id));
            List<Delivery> all = deliveries.ofPost(tx, id);
            List<Row> shown = rows.of(tx, visit, all);
            List<Sent> sent = shown.stream()
                    .map(row -> new Sent(row, parts(tx, row.id()), attempts(tx, visit, row.id())))
                    .toList();
            boolean out = all.stream().anyMatch(one -> one.state() == DeliveryState.PUBLISHED);
            return templates.page(
                    status,
                    "post",
                    visit,
                    "post",
                    post,
                    "made",
                    visit.at(post.createdAt()),
                    "sent",
                    sent,
                    "correctable",
                    out && visit.may("POST"),
                    "deletable",
                    post.deletedAt() == null && visit.may("POST"),
                    "key",
                    visit.form().some("key").orElseGet(Sending::freshKey),
                    "faults",
                    faults);
        });
    }

    private List<String> parts(Tx tx, String id) {
        return deliveries.segments(tx, id).stream()
                .map(segment -> segment.content().text())
                .toList();
    }

    private List<String> attempts(Tx tx, Visit visit, String id) {
        return deliveries.attempts(tx, id).stream()
                .map(attempt -> attempt(visit, attempt))
                .toList();
    }

    private static String attempt(Visit visit, DeliveryAttempt attempt) {
        Message outcome = switch (attempt.outcome()) {
            case "published" -> Message.of("desk.attempt.published");
            case "pending" -> Message.of("desk.attempt.pending");
            case "refused" -> Message.of("desk.attempt.refused");
            case "throttled" -> Message.of("desk.attempt.throttled");
            case "unauthorized" -> Message.of("desk.attempt.unauthorized");
            case "unreachable" -> Message.of("desk.attempt.unreachable");
            case "unknown" -> Message.of("desk.attempt.unknown");
            case "found" -> Message.of("desk.attempt.found");
            case "absent" -> Message.of("desk.attempt.absent");
            case "inconclusive" -> Message.of("desk.attempt.inconclusive");
            case "interrupted" -> Message.of("desk.attempt.interrupted");
            default -> Message.of("desk.attempt.running");
        };
        String status = attempt.httpStatus() == null ? "" : " (HTTP " + attempt.httpStatus() + ")";
        String reason = attempt.reason() == null ? "" : " – " + visit.said(attempt.reason());
        return visit.at(attempt.startedAt()) + " – " + visit.said(outcome) + status + reason;
    }

    private Response delete(Visit visit) {
        String id = visit.request().param("id");
        delete.delete(visit.actor(), id);
        return Templates.to("/desk/posts/" + id, Done.DELETED);
    }

    private Response correct(Visit visit) {
        String id = visit.request().param("id");
        PostRequest erratum = new PostRequest(
                visit.form().get("text"),
                null,
                null,
                null,
                null,
                null,
                false,
                false,
                Map.of(),
                List.of(),
                null,
                null,
                null,
                null);
        try {
            return sending.send(visit, () -> correct.plan(visit.actor(), id, erratum));
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
    }
}
