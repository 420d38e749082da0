package org.tocsin.web.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.FaultException;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.media.Media;
import org.tocsin.media.MediaRepository;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;
import org.tocsin.publishing.CorrectPost;
import org.tocsin.publishing.Drafts;
import org.tocsin.publishing.PlanPost;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.PostRequest;
import org.tocsin.publishing.Slots;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** One text for all channels, shown beside it as each of them will show it. */
final class WritePage {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final MediaRepository media;
    private final ChannelRepository channels;
    private final Drafts drafts;
    private final PlanPost planner;
    private final CorrectPost correct;
    private final WriteForm form;
    private final DraftPages kept;
    private final Sending sending;
    private final Replies replies;
    private final Times times;
    private final String language;
    private final Slots slots;
    private final Duration undo;
    private final Clock clock;

    WritePage(DeskParts parts, WriteForm form, DraftPages kept, Sending sending, Replies replies, Times times) {
        this.unitOfWork = parts.unitOfWork();
        this.posts = parts.posts();
        this.deliveries = parts.deliveries();
        this.media = parts.media();
        this.channels = parts.channels();
        this.drafts = parts.drafts();
        this.planner = parts.planner();
        this.correct = parts.correct();
        this.form = form;
        this.kept = kept;
        this.sending = sending;
        this.replies = replies;
        this.times = times;
        this.language = parts.language();
        this.slots = parts.slots();
        this.undo = parts.undo();
        this.clock = parts.clock();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/write", Scope.POST, this::empty),
                Route.post("/desk/write", Scope.POST, this::send),
                Route.post("/desk/write/preview", Scope.POST, this::look));
    }

    /** Whoever opens a draft that was sent sees what it became. */
    private Response empty(Visit visit) {
        Optional<String> post = visit.query("draft")
                .filter(id -> drafts.find(visit.actor(), id).isEmpty())
                .flatMap(id -> sending.became(visit, id));
        if (post.isPresent()) {
            return Templates.to("/desk/posts/" + post.get(), Done.DRAFT_SENT);
        }
        return form.show(200, visit, begun(visit), WriteForm.Told.NOTHING);
    }

    private Draft begun(Visit visit) {
        if (visit.query("draft").isPresent()) {
            String id = visit.query("draft").get();
            return Draft.of(drafts.find(visit.actor(), id).orElseThrow(() -> FaultException.notFound("draft", id)));
        }
        if (visit.query("post").isPresent()) {
            return again(visit, visit.query("post").get());
        }
        List<String> usual = unitOfWork.read(tx -> visit.query("channel")
                .flatMap(id -> channels.find(tx, id))
                .filter(one -> one.branch().equals(visit.user().branch()))
                .map(one -> List.of(one.id()))
                .orElseGet(() -> channels.defaultSet(tx, visit.user().branch())));
        Optional<Replies.Begun> reply = replies.begun(visit);
        return new Draft(
                reply.map(Replies.Begun::text).orElseGet(() -> shared(visit)),
                reply.map(Replies.Begun::channels)
                        .filter(some -> !some.isEmpty())
                        .orElse(usual),
                "",
                "",
                times.zone().getId(),
                language,
                "",
                "",
                "",
                false,
                List.of(),
                Map.of(),
                Map.of(),
                visit.reply(),
                "",
                "",
                Sending.freshKey(),
                Sending.freshKey(),
                0);
    }

    /** What another app has shared: a title, a text, a link, each once. */
    private static String shared(Visit visit) {
        LinkedHashSet<String> parts = new LinkedHashSet<>();
        for (String name : List.of("title", "text", "url")) {
            visit.query(name).map(String::strip).filter(part -> !part.isEmpty()).ifPresent(parts::add);
        }
        // Many apps put the link into the text as well.
        parts.removeIf(part -> parts.stream().anyMatch(other -> !other.equals(part) && other.contains(part)));
        return String.join("\n\n", parts);
    }

    /** @return whether it was only rehearsed: what was tried there is then sent for good */
    static boolean rehearsed(List<Delivery> all) {
        return !all.isEmpty() && all.stream().allMatch(one -> one.network().equals("rehearsal"));
    }

    private Draft again(Visit visit, String id) {
        return unitOfWork.read(tx -> {
            Post post =
                    posts.find(tx, visit.user().branch(), id).orElseThrow(() -> FaultException.notFound("post", id));
            // Where it went nowhere; elsewhere it is out, or on its way.
            List<Delivery> all = deliveries.ofPost(tx, id);
            Map<String, PostVariant> said = new HashMap<>();
            all.forEach(delivery -> Optional.ofNullable(post.variants()
                            .getOrDefault(delivery.channelId(), post.variants().get(delivery.network())))
                    .ifPresent(variant -> said.put(delivery.channelId(), variant)));
            boolean cancelled = all.stream().anyMatch(one -> one.state() == DeliveryState.CANCELLED);
            List<String> to = !cancelled && rehearsed(all)
                    ? channels.defaultSet(tx, post.branch()).stream()
                            .filter(channel -> channels.find(tx, channel)
                                    .filter(found -> !found.network().equals("rehearsal"))
                                    .isPresent())
                            .toList()
                    : unsent(tx, all);
            List<Picture> images = post.media().stream()
                    .map(ref -> new Picture(
                            ref.mediaId(),
                            media.find(tx, post.branch(), ref.mediaId())
                                    .map(Media::label)
                                    .orElse(""),
                            ref.alt()))
                    .toList();
            Draft draft = Draft.again(
                    post, to, said, images, times.zone().getId(), post.replyTo() == null ? "" : post.replyTo());
            return planned(post, all)
                    .map(at -> draft.at(
                            at.toLocalDate().toString(),
                            at.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString(),
                            at.getZone().getId()))
                    .orElse(draft);
        });
    }

    private List<String> unsent(Tx tx, List<Delivery> all) {
        return all.stream()
                .filter(delivery -> delivery.state() == DeliveryState.CANCELLED)
                .filter(delivery ->
                        deliveries.segments(tx, delivery.id()).stream().noneMatch(segment -> segment.receipt() != null))
                .map(Delivery::channelId)
                .toList();
    }

    /** When it was to go out, where it was planned for a time that is still to come: without it the main button would say "now". */
    private Optional<ZonedDateTime> planned(Post post, List<Delivery> all) {
        if (post.localTime() == null) {
            return Optional.empty();
        }
        ZoneId zone = post.zone() == null ? times.zone() : ZoneId.of(post.zone());
        return all.stream()
                .filter(delivery -> delivery.state() == DeliveryState.CANCELLED)
                .map(Delivery::dueAt)
                .min(Instant::compareTo)
                .filter(clock.instant()::isBefore)
                .map(at -> at.atZone(zone));
    }

    private Response send(Visit visit) {
        Draft draft = Draft.of(visit.form());
        try {
            return sending.send(
                    visit,
                    () -> {
                        boolean next = Acts.next(visit);
                        if (next) {
                            Acts.same(
                                    visit, draft, times, slots.next(visit.user().branch(), draft.channels()));
                        }
                        boolean later = !next && Acts.later(visit, draft, times);
                        PostRequest asked = draft.request(draft.channels(), later, true, (int) undo.toSeconds());
                        PostRequest timed = next ? asked.at(PostRequest.NEXT) : asked;
                        return draft.corrects().isEmpty()
                                ? planner.plan(visit.actor(), timed)
                                : correct.again(visit.actor(), draft.corrects(), timed);
                    },
                    tx -> drafts.send(tx, visit.actor(), draft.kept()),
                    draft);
        } catch (FaultException e) {
            int status = Problems.status(e.kind());
            if (e.kind() != FaultException.Kind.CONFLICT) {
                return form.show(status, visit, draft, new WriteForm.Told(visit.said(e), Acts.asks(e), null));
            }
            Other other = kept.other(visit, draft).orElse(null);
            boolean gone = drafts.find(visit.actor(), draft.id()).isEmpty()
                    || sending.became(visit, draft.id()).isPresent();
            // The form below is another then: what was said of the one before would send one away from it.
            List<String> said = sending.sent(visit, draft.key()) ? List.of(visit.t("desk.draft.anew")) : visit.said(e);
            return form.show(status, visit, gone ? draft.anew() : draft, new WriteForm.Told(said, false, other));
        }
    }

    /** With the script, the part of the page that changes; without it, the page. */
    private Response look(Visit visit) {
        Draft draft = Draft.of(visit.form());
        return visit.query("part").isPresent()
                ? form.part(visit, draft)
                : form.show(200, visit, draft, WriteForm.Told.NOTHING);
    }
}
