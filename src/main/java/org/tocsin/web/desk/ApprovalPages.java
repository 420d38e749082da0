package org.tocsin.web.desk;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Delivery;
import org.tocsin.publishing.ApprovePost;
import org.tocsin.web.Response;

/** What waits for approval, and the decision. */
final class ApprovalPages {
    private final ApprovePost approve;
    private final Clock clock;

    ApprovalPages(DeskParts parts) {
        this.approve = parts.approve();
        this.clock = parts.clock();
    }

    /** Agrees, or sends back. */
    Response decide(Visit visit) {
        String id = visit.request().param("id");
        String hash = visit.form().get("hash");
        if (visit.form().act("approve", "decline").equals("decline")) {
            approve.decline(visit.actor(), id, hash, visit.form().get("reason"));
            return Templates.to("/desk/posts/" + id, Done.DECLINED);
        }
        approve.approve(visit.actor(), id, hash);
        return Templates.to("/desk/posts/" + id, Done.APPROVED);
    }

    /** @return null where nothing of the post waits */
    @Nullable
    Wait of(Tx tx, Visit visit, String postId, Abouts.Names people, Map<String, String> channels) {
        Optional<ApprovePost.Awaiting> waits = approve.awaiting(tx, visit.actor(), postId);
        if (waits.isEmpty()) {
            return null;
        }
        ApprovePost.Awaiting awaiting = waits.get();
        Instant due = awaiting.waiting().stream()
                .map(Delivery::dueAt)
                .min(Instant::compareTo)
                .orElseThrow();
        return new Wait(
                awaiting.hash(),
                people.person(visit, awaiting.askedBy()),
                visit.at(awaiting.askedAt()),
                awaiting.waiting().stream()
                        .map(delivery -> channels.getOrDefault(delivery.channelId(), delivery.channelId()))
                        .collect(Collectors.joining(", ")),
                awaiting.late(),
                awaiting.late() || due.isBefore(clock.instant())
                        ? visit.t("desk.approve.now")
                        : visit.t("desk.approve.do", "time", visit.at(due)),
                visit.may("APPROVE"));
    }
}
