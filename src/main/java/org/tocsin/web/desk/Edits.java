package org.tocsin.web.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.post.Post;
import org.tocsin.publishing.EditPost;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.Schedule;

/** Changes and moves posts that wait, by the form of their page or by the calendar. */
final class Edits {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final EditPost edit;
    private final ZoneId zone;

    Edits(DeskParts parts) {
        this.unitOfWork = parts.unitOfWork();
        this.posts = parts.posts();
        this.deliveries = parts.deliveries();
        this.edit = parts.edit();
        this.zone = parts.zone();
    }

    /** @return what was typed, else how it is; null where the post cannot be changed by who looks */
    @Nullable
    EditForm of(Visit visit, Post post, List<Delivery> all) {
        boolean open = all.stream().anyMatch(Edits::waits)
                && all.stream().allMatch(one -> waits(one) || one.state() == DeliveryState.CANCELLED);
        if (!open || post.deletedAt() != null || !visit.may("POST")) {
            return null;
        }
        Form typed = visit.form();
        ZoneId where = post.zone() == null ? zone : ZoneId.of(post.zone());
        Optional<LocalDateTime> due = post.localTime() == null ? Optional.empty() : due(all, where);
        return new EditForm(
                typed.on("date") && typed.on("text") ? typed.get("text") : post.text(),
                typed.on("date") && typed.on("language") ? typed.get("language") : post.language(),
                typed.on("date")
                        ? typed.get("date")
                        : due.map(one -> one.toLocalDate().toString()).orElse(""),
                typed.on("date")
                        ? typed.get("time")
                        : due.map(one -> one.toLocalTime().toString()).orElse(""),
                typed.on("date") ? typed.get("zone") : where.getId());
    }

    private static boolean waits(Delivery delivery) {
        return delivery.state() == DeliveryState.SCHEDULED || delivery.state() == DeliveryState.DUE;
    }

    private static Optional<LocalDateTime> due(List<Delivery> all, ZoneId where) {
        return all.stream()
                .filter(Edits::waits)
                .map(Delivery::dueAt)
                .min(Instant::compareTo)
                .map(at -> LocalDateTime.ofInstant(at, where).truncatedTo(ChronoUnit.MINUTES));
    }

    /**
     * Changes what is different from what the post says now, and nothing else: an approval is not lost for a form sent unchanged.
     *
     * @return what the author should know
     * @throws FaultException as {@link EditPost#edit}
     */
    List<Message> edit(Visit visit) {
        String id = visit.request().param("id");
        Form form = visit.form();
        Post post = unitOfWork
                .read(tx -> posts.find(tx, visit.user().branch(), id))
                .orElseThrow(() -> FaultException.notFound("post", id));
        ZoneId where = Schedule.zone("/zone", form.some("zone").orElse(null), zone);
        boolean moved = moved(form, unitOfWork.read(tx -> deliveries.ofPost(tx, id)), where);
        return edit.edit(
                visit.actor(),
                id,
                new EditPost.Edit(
                        form.version(),
                        changed(form, "text", post.text()),
                        changed(form, "language", post.language()),
                        moved ? form.get("date") + "T" + form.get("time") : null,
                        moved ? where.getId() : null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                (tx, accepted) -> accepted.warnings());
    }

    private static @Nullable String changed(Form form, String field, String before) {
        return form.on(field) && !form.get(field).equals(before) ? form.get(field) : null;
    }

    /** In an hour that comes twice a time that was not touched stays which of the two it was. */
    private static boolean moved(Form form, List<Delivery> all, ZoneId where) {
        boolean day = form.some("date").isPresent();
        if (day != form.some("time").isPresent()) {
            throw FaultException.invalid("/at", Message.of("desk.edit.time"));
        }
        if (!day) {
            return false;
        }
        try {
            LocalDateTime wanted = LocalDateTime.parse(form.get("date") + "T" + form.get("time"));
            return due(all, where)
                    .filter(wanted.truncatedTo(ChronoUnit.MINUTES)::equals)
                    .isEmpty();
        } catch (DateTimeException unreadable) {
            // It is refused with the reason where times are read.
            return true;
        }
    }
}
