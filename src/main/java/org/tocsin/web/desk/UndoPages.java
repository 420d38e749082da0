package org.tocsin.web.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.publishing.DeliveryDecisions;
import org.tocsin.publishing.PostRepository;
import org.tocsin.web.Response;

/** Takes back what was just published, in the seconds in which nothing of it has left. */
final class UndoPages {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final DeliveryDecisions decisions;
    private final Clock clock;

    UndoPages(DeskParts parts) {
        this.unitOfWork = parts.unitOfWork();
        this.posts = parts.posts();
        this.deliveries = parts.deliveries();
        this.decisions = parts.decisions();
        this.clock = parts.clock();
    }

    List<Route> routes() {
        return List.of(Route.post("/desk/posts/:id/undo", Scope.POST, this::undo));
    }

    /** @return milliseconds until the first of it leaves; 0 where it is not for undoing: planned for a day, gone, or asked for approval */
    long left(Post post, List<Delivery> all) {
        if (post.localTime() != null || post.deletedAt() != null) {
            return 0;
        }
        Instant first = null;
        for (Delivery one : all) {
            boolean waits = one.state() == DeliveryState.SCHEDULED;
            if (!waits && one.state() != DeliveryState.CANCELLED && one.state() != DeliveryState.HELD) {
                return 0;
            }
            if (waits && !Rows.awaiting(one) && (first == null || one.dueAt().isBefore(first))) {
                first = one.dueAt();
            }
        }
        return first == null
                ? 0
                : Math.max(0, Duration.between(clock.instant(), first).toMillis());
    }

    /** Each delivery is taken back by itself: one that left in the meantime keeps none of the others. */
    private Response undo(Visit visit) {
        String id = visit.request().param("id");
        List<Delivery> all = unitOfWork.read(tx -> {
            Post post =
                    posts.find(tx, visit.user().branch(), id).orElseThrow(() -> FaultException.notFound("post", id));
            return deliveries.ofPost(tx, post.id());
        });
        boolean whole = true;
        for (Delivery one : all) {
            whole &= one.state() == DeliveryState.CANCELLED || cancelled(visit, one);
        }
        return Templates.to("/desk/posts/" + id, whole ? Done.UNDONE : Done.UNDONE_PART);
    }

    private boolean cancelled(Visit visit, Delivery delivery) {
        try {
            decisions.cancel(visit.actor(), delivery.id(), delivery.version());
            return true;
        } catch (FaultException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            return false;
        }
    }
}
