package org.tocsin.publishing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.ApprovalRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryEvent;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.SegmentState;
import org.tocsin.network.Networks;
import org.tocsin.network.RemoteRef;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.post.MediaRef;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;
import org.tocsin.post.TextCleaning;

/**
 * Changes a post that has not begun to leave. It is planned anew for each of its channels, and every delivery gets new segments with new
 * keys in one transaction; once the work on any of them has begun, all is refused.
 */
public final class EditPost {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final ApprovalRepository approvals;
    private final PlanPost planner;
    private final Networks networks;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;
    private final Wakeup wakeup;

    public EditPost(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            ApprovalRepository approvals,
            PlanPost planner,
            Networks networks,
            Notices notices,
            AuditTrail audit,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.approvals = approvals;
        this.planner = planner;
        this.networks = networks;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.wakeup = wakeup;
    }

    /**
     * What shall be different; null leaves a thing as it is. Channels, campaign and what the post answers cannot be changed.
     *
     * @param version        of the post as it was seen
     * @param at             local time; a post keeps its place in time when neither this nor {@code zone} is given
     * @param contentWarning for the whole post, as in a submission; empty takes it away
     * @param visibility     likewise
     */
    public record Edit(
            long version,
            @Nullable String text,
            @Nullable String language,
            @Nullable String at,
            @Nullable String zone,
            @Nullable Boolean allowThread,
            @Nullable Boolean numbering,
            @Nullable Map<String, PostVariant> variants,
            @Nullable List<MediaRef> media,
            @Nullable String contentWarning,
            @Nullable String visibility) {
        /** @return whether it says nothing */
        public boolean isEmpty() {
            return Stream.of(
                            text,
                            language,
                            at,
                            zone,
                            allowThread,
                            numbering,
                            variants,
                            media,
                            contentWarning,
                            visibility)
                    .allMatch(Objects::isNull);
        }
    }

    /**
     * Changes a post.
     *
     * @param within what belongs to the same transaction
     * @throws FaultException NOT_FOUND; CONFLICT when the post was changed meanwhile, or has begun to leave; else as for a submission
     */
    public <R> R edit(Actor actor, String postId, Edit edit, SubmitPost.Within<R> within) {
        actor.require(Scope.POST);
        if (edit.isEmpty()) {
            throw FaultException.invalid("", Message.of("publishing.edit.empty"));
        }
        Drawn drawn = drawn(actor, postId, edit, channel -> true);
        R result = unitOfWork.write(Urgency.REQUEST, tx -> {
            within.before(tx);
            return within.after(
                    tx, change(tx, actor, open(tx, actor, postId, edit.version()), drawn.variants(), drawn.plan()));
        });
        wakeup.ring();
        return result;
    }

    /**
     * Says what would be accepted, without accepting anything: a fault is what the edit itself would be refused for.
     *
     * @param channels of which it is asked
     * @throws FaultException as {@link #edit}
     */
    public PostPlan look(Actor actor, String postId, Edit edit, Set<String> channels) {
        actor.require(Scope.POST);
        return drawn(actor, postId, edit, channels::contains).plan();
    }

    /** What is to be written. */
    private record Drawn(Map<String, PostVariant> variants, PostPlan plan) {}

    private Drawn drawn(Actor actor, String postId, Edit edit, Predicate<String> wanted) {
        Post before = unitOfWork.read(tx -> open(tx, actor, postId, edit.version()));
        Map<String, String> texts = unitOfWork.read(tx -> texts(tx, postId));
        List<Delivery> waiting = unitOfWork.read(tx -> deliveries.ofPost(tx, postId)).stream()
                .filter(EditPost::waits)
                .toList();
        Map<String, PostVariant> variants = variants(
                before,
                planner.named(
                        actor,
                        edit.variants() == null ? Map.of() : edit.variants(),
                        waiting.stream().map(Delivery::channelId).collect(Collectors.toSet())));
        List<Delivery> asked = waiting.stream()
                .filter(delivery -> wanted.test(delivery.channelId()))
                .toList();
        // What only another channel has a field for is no fault of this one.
        boolean whole = asked.size() == waiting.size();
        PostPlan plan = planner.plan(
                actor,
                request(before, edit, whole ? relevant(variants, edit, waiting) : concerning(variants, asked), asked),
                new PlanPost.Again(whole && (edit.contentWarning() != null || edit.visibility() != null), due(asked)),
                composed -> composed.text().equals(texts.get(composed.channel().id())));
        return new Drawn(variants, plan);
    }

    /** What is due already goes out now. */
    private @Nullable Instant due(List<Delivery> asked) {
        return asked.stream()
                .map(Delivery::dueAt)
                .min(Instant::compareTo)
                .filter(clock.instant()::isBefore)
                .orElse(null);
    }

    private Post open(Tx tx, Actor actor, String postId, long version) {
        Post post = posts.find(tx, actor.branch(), postId).orElseThrow(() -> FaultException.notFound("post", postId));
        if (post.version() != version) {
            throw new FaultException(
                    Kind.CONFLICT,
                    new Fault(
                            "/version",
                            Message.of("publishing.version", "seen", version, "current", post.version()),
                            null,
                            post.version()));
        }
        if (post.deletedAt() != null) {
            throw FaultException.conflict(Message.of("publishing.edit.deleted"));
        }
        List<Delivery> all = deliveries.ofPost(tx, postId);
        Optional<Delivery> held = all.stream()
                .filter(delivery -> delivery.state() == DeliveryState.HELD && !begun(tx, delivery))
                .findFirst();
        if (held.isPresent()) {
            throw FaultException.conflict(
                    Message.of("publishing.edit.held", "channel", held.get().channelId()));
        }
        if (all.stream().noneMatch(EditPost::waits)) {
            throw FaultException.conflict(Message.of("publishing.edit.nothing"));
        }
        for (Delivery delivery : all) {
            // What was cancelled stays so: nothing of it is out.
            boolean begun = delivery.state() != DeliveryState.CANCELLED && (!waits(delivery) || begun(tx, delivery));
            if (begun) {
                throw FaultException.conflict(Message.of(
                        "publishing.edit.begun", "channel", delivery.channelId(), "state", delivery.state()));
            }
        }
        return post;
    }

    private static boolean waits(Delivery delivery) {
        return delivery.state() == DeliveryState.SCHEDULED || delivery.state() == DeliveryState.DUE;
    }

    /** A request that was committed keeps its key and body, also while it waits to be made again. */
    private boolean begun(Tx tx, Delivery delivery) {
        return deliveries.segments(tx, delivery.id()).stream()
                .anyMatch(segment -> segment.state() != SegmentState.PENDING || segment.frozen() != null);
    }

    /** What each channel that still waits was to say. */
    private Map<String, String> texts(Tx tx, String postId) {
        Map<String, String> texts = new HashMap<>();
        deliveries.ofPost(tx, postId).stream()
                .filter(EditPost::waits)
                .forEach(delivery -> texts.put(
                        delivery.channelId(),
                        String.join(
                                "\n\n",
                                deliveries.segments(tx, delivery.id()).stream()
                                        .map(segment -> segment.content().text())
                                        .toList())));
        return texts;
    }

    /** A variant of a channel that was cancelled stays with the post, and is nobody's fault now. */
    private static Map<String, PostVariant> relevant(
            Map<String, PostVariant> variants, Edit edit, List<Delivery> waiting) {
        Map<String, PostVariant> relevant = new HashMap<>(variants);
        relevant.keySet()
                .removeIf(key -> (edit.variants() == null || !edit.variants().containsKey(key))
                        && waiting.stream().noneMatch(delivery -> concerns(key, delivery)));
        return relevant;
    }

    private static Map<String, PostVariant> concerning(Map<String, PostVariant> variants, List<Delivery> some) {
        Map<String, PostVariant> concerning = new HashMap<>(variants);
        concerning.keySet().removeIf(key -> some.stream().noneMatch(delivery -> concerns(key, delivery)));
        return concerning;
    }

    private static boolean concerns(String key, Delivery delivery) {
        return delivery.channelId().equals(key) || delivery.network().equals(key);
    }

    private static PostRequest request(
            Post before, Edit edit, Map<String, PostVariant> variants, List<Delivery> waiting) {
        boolean moved = edit.at() != null || edit.zone() != null;
        return new PostRequest(
                or(edit.text(), before.text()),
                or(edit.language(), before.language()),
                waiting.stream().map(Delivery::channelId).sorted().toList(),
                moved ? edit.at() != null ? edit.at() : before.localTime() : null,
                moved ? edit.zone() != null ? edit.zone() : before.zone() : null,
                0,
                or(edit.allowThread(), before.allowThread()),
                or(edit.numbering(), before.numbering()),
                variants,
                or(edit.media(), before.media()),
                before.replyTo(),
                before.campaign(),
                blankOr(edit.contentWarning(), before.contentWarning()),
                blankOr(edit.visibility(), before.visibility()));
    }

    /** @return those of the post, each replaced where the edit has one; an empty one takes it away */
    private static Map<String, PostVariant> variants(Post before, Map<String, PostVariant> edited) {
        Map<String, PostVariant> variants = new HashMap<>(before.variants());
        variants.putAll(edited);
        variants.values().removeIf(new PostVariant(null, null, null)::equals);
        return variants;
    }

    private static @Nullable String blankOr(@Nullable String wanted, @Nullable String before) {
        return wanted == null ? before : wanted.isBlank() ? null : wanted;
    }

    private static <T> T or(@Nullable T wanted, T before) {
        return wanted == null ? before : wanted;
    }

    private SubmitPost.Accepted change(
            Tx tx, Actor actor, Post before, Map<String, PostVariant> variants, PostPlan plan) {
        Instant now = clock.instant();
        PostRequest request = plan.request();
        ZoneId zone = plan.zone();
        Post after = new Post(
                before.id(),
                before.branch(),
                before.author(),
                TextCleaning.clean(request.text()),
                plan.language(),
                variants,
                request.media(),
                before.replyTo(),
                before.campaign(),
                request.allowThread(),
                request.numbering(),
                plan.dueAt() == null ? before.localTime() : request.at(),
                plan.dueAt() == null ? before.zone() : zone.getId(),
                before.createdAt(),
                before.version() + 1,
                null,
                before.corrects(),
                request.contentWarning(),
                request.visibility());
        boolean saved = posts.save(tx, after, before.version());
        int changed = 0;
        for (Delivery delivery : deliveries.ofPost(tx, before.id())) {
            for (Composed composed : plan.composed()) {
                if (waits(delivery) && composed.channel().id().equals(delivery.channelId())) {
                    saved &= change(tx, actor, delivery, composed, plan.dueAt(), now);
                    changed++;
                }
            }
        }
        if (!saved) {
            // Another daemon on the same database was faster: nothing of this is kept.
            throw FaultException.conflict(Message.of("publishing.edit.faster"));
        }
        audit.add(tx, actor, "post.edit", before.id(), "deliveries=" + changed + " version=" + after.version());
        List<Delivery> all = deliveries.ofPost(tx, before.id());
        List<Message> warnings = new ArrayList<>(plan.warnings());
        warnings.addAll(voided(actor, plan, all));
        return new SubmitPost.Accepted(after, all, warnings);
    }

    /** Who may approve is not told before that his own posts wait; but what was agreed to is void by any change, and would stay behind. */
    private static List<Message> voided(Actor actor, PostPlan plan, List<Delivery> all) {
        Set<String> waiting = all.stream()
                .filter(delivery ->
                        delivery.state() == DeliveryState.SCHEDULED && delivery.nextAction() == NextAction.PERSON)
                .map(Delivery::channelId)
                .collect(Collectors.toSet());
        return plan.composed().stream()
                .map(Composed::channel)
                .filter(channel -> waiting.contains(channel.id()) && !ApprovePost.wanted(actor, channel))
                .map(channel -> Message.of("publishing.warning.approval.void", "channel", channel.id()))
                .toList();
    }

    private boolean change(
            Tx tx, Actor actor, Delivery before, Composed composed, @Nullable Instant dueAt, Instant now) {
        Delivery after = before.on(DeliveryEvent.EDIT, now, null);
        if (dueAt != null) {
            after = after.due(dueAt);
        }
        after = ApprovePost.ask(
                tx, approvals, notices, actor, composed.channel(), after.then(NextAction.SEND, after.dueAt()));
        deliveries.replaceSegments(
                tx,
                before.id(),
                answering(tx, before, composed).segments(before.id(), networks.of(composed.channel())));
        return deliveries.save(tx, after, before.version());
    }

    /** An erratum stands under what it corrects: no request names that, so a plan made anew does not know it. */
    private Composed answering(Tx tx, Delivery before, Composed composed) {
        RemoteRef under =
                deliveries.segments(tx, before.id()).getFirst().content().replyTo();
        return under == null || composed.parts().getFirst().content().replyTo() != null
                ? composed
                : composed.answering(under);
    }
}
