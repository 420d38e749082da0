package org.tocsin.web.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryAttempt;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.Revision;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.delivery.Revisions;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.publishing.CorrectPost;
import org.tocsin.publishing.DeletePost;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.PostRequest;
import org.tocsin.publishing.RevisePost;
import org.tocsin.publishing.RevisionPlan;
import org.tocsin.web.FrozenTimes;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;
import org.tocsin.web.UnderWay;

/** A post: where each of its deliveries stands and why; deleting it everywhere, and correcting it. */
final class PostPage {
    /** For as long the script of the page looks again. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private static final Pattern CALENDAR = Pattern.compile("/desk/calendar\\?[a-z0-9=&-]*");

    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final DeletePost delete;
    private final RevisionRepository revisions;
    private final RemovalRepository removals;
    private final CorrectPost correct;
    private final RevisePost revise;
    private final Edits edits;
    private final Correcting correcting;
    private final Retries retries;
    private final Abouts abouts;
    private final BringingPages bringing;
    private final Answers answers;
    private final ApprovalPages approvals;
    private final UndoPages undoing;
    private final Duration undo;
    private final Clock clock;
    private final Rows rows;
    private final Sending sending;
    private final Remarks remarks;
    private final Templates templates;

    PostPage(
            DeskParts parts,
            Rows rows,
            UndoPages undoing,
            Sending sending,
            Remarks remarks,
            Times times,
            Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.posts = parts.posts();
        this.deliveries = parts.deliveries();
        this.delete = parts.delete();
        this.revisions = parts.revisions();
        this.removals = parts.removals();
        this.correct = parts.correct();
        this.revise = parts.revise();
        this.edits = new Edits(parts);
        this.correcting = new Correcting(parts);
        this.retries = new Retries(parts);
        this.abouts = new Abouts(parts, times);
        this.bringing = new BringingPages(parts);
        this.answers = new Answers(parts.engagements());
        this.approvals = new ApprovalPages(parts);
        this.undoing = undoing;
        this.undo = parts.undo();
        this.clock = parts.clock();
        this.rows = rows;
        this.sending = sending;
        this.remarks = remarks;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/posts/:id", Scope.READ, visit -> show(200, visit, List.of(), List.of())),
                Route.get("/desk/deliveries/:id", Scope.READ, this::ofDelivery),
                Route.post("/desk/posts/:id/approve", Scope.APPROVE, this::decide),
                Route.post("/desk/posts/:id/retry", Scope.MANAGE, this::retry),
                Route.post("/desk/posts/:id/edit", Scope.POST, this::edit),
                Route.post("/desk/posts/:id/preview", Scope.POST, this::look),
                Route.post("/desk/posts/:id/delete", Scope.POST, this::delete),
                Route.post("/desk/posts/:id/correct", Scope.POST, this::correct));
    }

    /** Notices name the delivery, which has its place on the page of its post. */
    private Response ofDelivery(Visit visit) {
        String id = visit.request().param("id");
        Delivery delivery = unitOfWork
                .read(tx -> deliveries.find(tx, id))
                .filter(found -> found.branch().equals(visit.user().branch()))
                .orElseThrow(() -> FaultException.notFound("delivery", id));
        return Templates.to("/desk/posts/" + delivery.postId() + "#d-" + id);
    }

    /** @param plan what a correction would do */
    private Response show(int status, Visit visit, List<String> plan, List<String> faults) {
        return show(status, visit, visit.request().param("id"), plan, faults);
    }

    /** The page of a post, with why something that was decided there on one of its deliveries was not done. */
    Response refused(int status, Visit visit, String postId, List<String> faults) {
        return show(status, visit, postId, List.of(), faults);
    }

    private Response show(int status, Visit visit, String id, List<String> plan, List<String> faults) {
        Abouts.Names names = abouts.names(visit);
        FrozenTimes frozen = rows.frozen(visit);
        @Nullable Answered answered = answers.of(visit, id);
        Read read = read(visit, id);
        Bringing brought = bringing.ofPost(visit, id);
        @Nullable EditForm edit = edits.of(visit, read.post(), read.all());
        @Nullable CorrectForm corrected = correcting.of(visit, read.post(), read.all());
        return unitOfWork.read(tx -> {
            Post post =
                    posts.find(tx, visit.user().branch(), id).orElseThrow(() -> FaultException.notFound("post", id));
            List<Delivery> all = deliveries.ofPost(tx, id);
            List<Row> shown = rows.of(tx, visit, frozen, all);
            List<Sent> sent = shown.stream()
                    .map(row -> new Sent(
                            row, parts(tx, visit, row.id()), edits(tx, visit, row.id()), attempts(tx, visit, row.id())))
                    .toList();
            return templates.page(
                    status,
                    "post",
                    visit,
                    "post",
                    post,
                    "about",
                    abouts.of(tx, visit, post, names),
                    "wait",
                    approvals.of(tx, visit, id, names, visit.channels()),
                    "answered",
                    answered,
                    "bringing",
                    brought,
                    "moving",
                    moving(tx, all),
                    "made",
                    visit.at(post.createdAt()),
                    "sent",
                    sent,
                    "told",
                    remarks.of(visit),
                    "failed",
                    retries.of(tx, visit, post, all),
                    "edit",
                    edit,
                    "correct",
                    corrected,
                    "plan",
                    plan,
                    "undo",
                    visit.may("POST") ? undoing.left(post, all) : 0L,
                    "rewrite",
                    visit.may("POST")
                            && (WritePage.rehearsed(all)
                                    || all.stream().anyMatch(one -> one.state() == DeliveryState.CANCELLED)),
                    "deletable",
                    deletable(tx, visit, post, all),
                    "key",
                    visit.form().some("key").orElseGet(Sending::freshKey),
                    "faults",
                    faults);
        });
    }

    /** Offered to who may; of what was deleted, once more where it was refused, to who has no other button for that. */
    private boolean deletable(Tx tx, Visit visit, Post post, List<Delivery> all) {
        boolean left = post.deletedAt() == null
                || (!visit.may("MANAGE")
                        && all.stream()
                                .flatMap(delivery -> removals.of(tx, delivery.id()).stream())
                                .anyMatch(removal -> removal.state().asks()));
        // What has gone nowhere is nowhere to be deleted.
        boolean nowhere = all.stream().allMatch(delivery -> delivery.state() == DeliveryState.CANCELLED);
        return left && !nowhere && delete.allowed(tx, visit.actor(), post.id());
    }

    /** A post and where it goes. */
    private record Read(Post post, List<Delivery> all) {}

    /** Read by itself, for a preview asks on its own; the form names the version of what it shows. */
    private Read read(Visit visit, String id) {
        return unitOfWork.read(tx -> new Read(
                posts.find(tx, visit.user().branch(), id).orElseThrow(() -> FaultException.notFound("post", id)),
                deliveries.ofPost(tx, id)));
    }

    /** Whether the page will say something else in a moment, by itself. */
    private boolean moving(Tx tx, List<Delivery> all) {
        Instant soon = clock.instant().plus(SOON);
        return all.stream().anyMatch(delivery -> switch (delivery.state()) {
            case DUE, PREPARING, SENDING -> true;
            case SCHEDULED, WAITING, UNKNOWN ->
                delivery.nextAction() != NextAction.PERSON
                        && UnderWay.at(delivery).isBefore(soon);
            case PUBLISHED ->
                taken(tx, delivery, soon)
                        || Revisions.latest(revisions.of(tx, delivery.id())).stream()
                                .anyMatch(revision -> revision.state() == Revision.State.DUE);
            case HELD, REFUSED, EXHAUSTED, CANCELLED -> taken(tx, delivery, soon);
            case DELETED -> false;
        });
    }

    /** Whether it is about to be taken back. */
    private boolean taken(Tx tx, Delivery delivery, Instant soon) {
        return removals.of(tx, delivery.id()).stream()
                .anyMatch(
                        removal -> removal.nextAt() != null && removal.nextAt().isBefore(soon));
    }

    private List<Parts.Line> parts(Tx tx, Visit visit, String id) {
        List<DeliverySegment> segments = deliveries.segments(tx, id);
        return segments.stream()
                .flatMap(segment -> Parts.of(visit, segment, segments.size()).stream())
                .toList();
    }

    private List<String> edits(Tx tx, Visit visit, String id) {
        return Revisions.latest(revisions.of(tx, id)).stream()
                .map(revision -> visit.said(edited(revision)) + " "
                        + revision.wording().content().text())
                .toList();
    }

    private static Message edited(Revision revision) {
        return switch (revision.state()) {
            case DUE -> Message.of("desk.revision.due");
            case HELD -> Message.of("desk.revision.held");
            case DONE -> Message.of("desk.revision.done");
            case REFUSED -> Message.of("desk.revision.refused");
            case DROPPED -> Message.of("desk.revision.dropped");
        };
    }

    private List<String> attempts(Tx tx, Visit visit, String id) {
        boolean thread = deliveries.segments(tx, id).size() > 1;
        return deliveries.attempts(tx, id).stream()
                .map(attempt -> attempt(visit, attempt, thread))
                .toList();
    }

    private static String attempt(Visit visit, DeliveryAttempt attempt, boolean thread) {
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
            case "editing" -> Message.of("desk.attempt.editing");
            case "edited" -> Message.of("desk.attempt.edited");
            case "edit-later" -> Message.of("desk.attempt.edit-later");
            case "edit-refused" -> Message.of("desk.attempt.edit-refused");
            case "edit-gone" -> Message.of("desk.attempt.edit-gone");
            case "edit-unauthorized" -> Message.of("desk.attempt.edit-unauthorized");
            default -> Message.of("desk.attempt.running");
        };
        String status = attempt.httpStatus() == null ? "" : " (HTTP " + attempt.httpStatus() + ")";
        String reason = attempt.reason() == null ? "" : " – " + visit.said(attempt.reason());
        String part = thread ? " – " + visit.t("desk.attempt.part", "number", attempt.segment() + 1) : "";
        return visit.at(attempt.startedAt()) + part + " – " + visit.said(outcome) + status + reason;
    }

    private Response decide(Visit visit) {
        try {
            return approvals.decide(visit);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, List.of(), visit.said(e));
        }
    }

    /** Back to where it was moved, or to the page of the post, which also tells warnings and what was refused. */
    private Response edit(Visit visit) {
        List<Message> warnings;
        try {
            warnings = edits.edit(visit);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, List.of(), visit.said(e));
        }
        String back = visit.form().get("back");
        String page = "/desk/posts/" + visit.request().param("id");
        return Templates.to(
                warnings.isEmpty() && CALENDAR.matcher(back).matches() ? back : remarks.with(visit, page, warnings),
                Done.EDITED);
    }

    /** What the script of the page asks while one writes, of the form that corrects or of that which changes. */
    private Response look(Visit visit) {
        if (visit.form().on("edit")) {
            return templates.page(200, "seen", visit, "seen", correcting.look(visit));
        }
        Read read = read(visit, visit.request().param("id"));
        @Nullable EditForm form = edits.of(visit, read.post(), read.all());
        return templates.page(
                200,
                "seen",
                visit,
                "seen",
                form == null
                        ? new Preview.Seen(List.of(), List.of(visit.t("publishing.edit.nothing")), List.of())
                        : form.seen());
    }

    private Response retry(Visit visit) {
        List<String> faults = retries.retry(visit);
        return faults.isEmpty()
                ? Templates.to("/desk/posts/" + visit.request().param("id"), Done.DECIDED)
                : show(Problems.status(FaultException.Kind.CONFLICT), visit, List.of(), faults);
    }

    private Response delete(Visit visit) {
        String id = visit.request().param("id");
        try {
            delete.delete(visit.actor(), id);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, List.of(), visit.said(e));
        }
        return Templates.to("/desk/posts/" + id, Done.DELETED);
    }

    private Response correct(Visit visit) {
        String id = visit.request().param("id");
        String act = visit.form().act("look", "edit", "erratum");
        try {
            if (act.equals("look")) {
                return show(
                        200, visit, steps(visit, revise.plan(visit.actor(), id, correcting.asked(visit))), List.of());
            }
            return act.equals("edit")
                    ? sending.revise(visit, revise, () -> revise.plan(visit.actor(), id, correcting.asked(visit)))
                    : sending.send(
                            visit, () -> correct.plan(visit.actor(), id, erratum(visit, (int) undo.toSeconds())));
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, List.of(), visit.said(e));
        }
    }

    private List<String> steps(Visit visit, RevisionPlan plan) {
        Map<String, String> names = visit.channels();
        List<String> said = new ArrayList<>();
        plan.steps().forEach(step -> said.add(Correcting.step(visit, step, names)));
        plan.warnings().forEach(warning -> said.add(visit.said(warning)));
        return said;
    }

    /** @param undo seconds in which it may be taken back, as any other post */
    private static PostRequest erratum(Visit visit, int undo) {
        return new PostRequest(
                visit.form().get("text"),
                null,
                null,
                null,
                null,
                undo,
                false,
                false,
                Map.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }
}
