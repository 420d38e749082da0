package org.tocsin.publishing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliverySegment.Content;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Revision;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.delivery.Revisions;
import org.tocsin.delivery.SegmentState;
import org.tocsin.network.Channel;
import org.tocsin.network.Editing;
import org.tocsin.network.Networks;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Rewording;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;
import org.tocsin.post.TextCleaning;
import org.tocsin.publishing.RevisionPlan.Action;
import org.tocsin.publishing.RevisionPlan.Step;

/** Says for each channel where a post is out whether new words become an edit or an erratum, without accepting anything. */
public final class PlanRevision {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final RevisionRepository revisions;
    private final ChannelRepository channels;
    private final Networks networks;
    private final PlanPost planner;
    private final CorrectPost correct;
    private final UnsentWords unsent;

    public PlanRevision(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            RevisionRepository revisions,
            ChannelRepository channels,
            Networks networks,
            PlanPost planner,
            CorrectPost correct,
            UnsentWords unsent) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.revisions = revisions;
        this.channels = channels;
        this.networks = networks;
        this.planner = planner;
        this.correct = correct;
        this.unsent = unsent;
    }

    /**
     * What the post shall say. Images, language, visibility, and what it answers stay as they are.
     *
     * @param version        of the post as it was seen
     * @param text           for all channels that have no variant
     * @param variants       each in the place of the post's own; an empty one takes it away
     * @param contentWarning null leaves it as it is, empty takes it away
     * @param erratum        what is said where nothing can be edited; null where the author says nothing there
     * @param undoSeconds    in which an erratum may be taken back before it leaves; 0 for none
     */
    public record Asked(
            long version,
            String text,
            Map<String, PostVariant> variants,
            @Nullable String contentWarning,
            @Nullable String erratum,
            int undoSeconds) {}

    /** A delivery that is out, or has stopped before it was, and what is known of it. */
    private record Out(
            Delivery delivery,
            Optional<Channel> channel,
            List<DeliverySegment> segments,
            List<Revision> pending,
            Optional<Message> bound) {
        boolean stopped() {
            return UnsentWords.stopped(delivery);
        }

        /** @return what the segment will say when everything that was accepted is done */
        Content last(DeliverySegment segment) {
            return pending.stream()
                    .filter(revision -> revision.segment() == segment.index())
                    .findFirst()
                    .map(revision -> revision.wording().content())
                    .orElse(segment.content());
        }
    }

    /**
     * @throws FaultException NOT_FOUND; CONFLICT when the post is out nowhere, was deleted, or was changed meanwhile; INVALID with the
     *     pointer {@code /erratum} when one is needed; else as for a submission
     */
    public RevisionPlan plan(Actor actor, String postId, Asked asked) {
        Drawn drawn = drawn(actor, postId, asked, out -> true);
        RevisionPlan plan = drawn.plan();
        if (plan.steps().stream().allMatch(step -> step.action() == Action.NONE)) {
            throw FaultException.invalid("/text", Message.of("publishing.revise.same"));
        }
        return plan.of(Action.ERRATUM).isEmpty() ? plan : plan.with(erratum(actor, plan, asked, drawn.out()));
    }

    /**
     * The same while it is written: that nothing is different yet, and that an erratum is still to be written, are no faults.
     *
     * @param channels of which it is asked; what is said for others is left out
     * @throws FaultException as {@link #plan}, but for that
     */
    public RevisionPlan look(Actor actor, String postId, Asked asked, Set<String> channels) {
        Drawn drawn = drawn(
                actor, postId, asked, out -> channels.contains(out.delivery().channelId()));
        RevisionPlan plan = drawn.plan();
        boolean said = asked.erratum() != null
                && !TextCleaning.clean(asked.erratum()).isEmpty()
                && !plan.of(Action.ERRATUM).isEmpty();
        return said ? plan.with(erratum(actor, plan, asked, drawn.out())) : plan;
    }

    /** A plan without its erratum. */
    private record Drawn(RevisionPlan plan, List<Out> out) {}

    private Drawn drawn(Actor actor, String postId, Asked asked, Predicate<Out> wanted) {
        actor.require(Scope.POST);
        Post before = unitOfWork.read(tx -> open(tx, actor, postId, asked.version()));
        List<Delivery> all = unitOfWork.read(tx -> deliveries.ofPost(tx, postId));
        List<Out> there = all.stream()
                .filter(delivery -> delivery.state() == DeliveryState.PUBLISHED || UnsentWords.stopped(delivery))
                .map(delivery -> unitOfWork.read(tx -> out(tx, delivery)))
                .toList();
        if (there.stream().allMatch(Out::stopped)) {
            throw FaultException.conflict(Message.of("publishing.correct.nowhere"));
        }
        if (TextCleaning.clean(asked.text()).isEmpty()) {
            throw FaultException.invalid("/text", Message.of("post.text.empty"));
        }
        known(asked.variants(), there);
        List<Out> out = there.stream().filter(wanted).toList();
        Map<String, PostVariant> variants = new HashMap<>(before.variants());
        variants.putAll(asked.variants());
        variants.values().removeIf(new PostVariant(null, null, null)::equals);
        String warning = asked.contentWarning() == null
                ? before.contentWarning()
                : asked.contentWarning().isBlank() ? null : asked.contentWarning();
        List<Message> warnings = new ArrayList<>();
        List<Step> steps = steps(actor, before, asked, variants, warning, out, out.size() == there.size(), warnings);
        all.stream()
                .filter(delivery -> !delivery.state().ended() && !UnsentWords.stopped(delivery))
                .forEach(delivery -> warnings.add(Message.of(
                        "publishing.warning.revise.open", "channel", delivery.channelId(), "state", delivery.state())));
        return new Drawn(
                new RevisionPlan(before, TextCleaning.clean(asked.text()), variants, warning, steps, null, warnings),
                out);
    }

    private Out out(Tx tx, Delivery delivery) {
        List<Revision> pending = Revisions.latest(revisions.of(tx, delivery.id())).stream()
                .filter(one -> one.state() == Revision.State.DUE || one.state() == Revision.State.HELD)
                .toList();
        List<DeliverySegment> segments = deliveries.segments(tx, delivery.id());
        return new Out(
                delivery,
                channels.find(tx, delivery.channelId()),
                segments,
                pending,
                UnsentWords.stopped(delivery) ? unsent.bound(tx, delivery, segments) : Optional.empty());
    }

    /** @return the post, where it may still be corrected */
    Post open(Tx tx, Actor actor, String postId, long version) {
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
        return post;
    }

    private static void known(Map<String, PostVariant> variants, List<Out> out) {
        List<Fault> faults = variants.keySet().stream()
                .filter(key -> out.stream().noneMatch(one -> concerns(key, one.delivery())))
                .map(key -> Fault.at("/variants/" + key, Message.of("publishing.variant.unknown", "key", key)))
                .toList();
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
    }

    private static boolean concerns(String key, Delivery delivery) {
        return delivery.channelId().equals(key) || delivery.network().equals(key);
    }

    private List<Step> steps(
            Actor actor,
            Post before,
            Asked asked,
            Map<String, PostVariant> variants,
            @Nullable String warning,
            List<Out> out,
            boolean whole,
            List<Message> warnings) {
        Map<String, Step> without = out.stream()
                .flatMap(one -> unedited(one).stream())
                .collect(Collectors.toMap(step -> step.delivery().id(), Function.identity()));
        List<Delivery> editable = out.stream()
                .map(Out::delivery)
                .filter(delivery -> !without.containsKey(delivery.id()))
                .toList();
        if (editable.isEmpty()) {
            return List.copyOf(without.values());
        }
        Map<String, PostVariant> theirs = new HashMap<>(variants);
        theirs.keySet().removeIf(key -> editable.stream().noneMatch(delivery -> concerns(key, delivery)));
        PostPlan planned = planner.plan(
                actor,
                new PostRequest(
                        asked.text(),
                        before.language(),
                        editable.stream().map(Delivery::channelId).distinct().toList(),
                        null,
                        null,
                        0,
                        before.allowThread(),
                        before.numbering(),
                        theirs,
                        before.media(),
                        null,
                        before.campaign(),
                        warning,
                        before.visibility()),
                new PlanPost.Again(whole
                        && asked.contentWarning() != null
                        && !asked.contentWarning().isBlank()),
                composed -> true);
        warnings.addAll(planned.warnings());
        return out.stream()
                .map(one -> Optional.ofNullable(without.get(one.delivery().id()))
                        .orElseGet(() -> step(one, composed(planned, one.delivery()))))
                .toList();
    }

    private static Composed composed(PostPlan planned, Delivery delivery) {
        return planned.composed().stream()
                .filter(one -> one.channel().id().equals(delivery.channelId()))
                .findFirst()
                .orElseThrow();
    }

    /** @return what happens to a delivery that cannot be edited, whatever is said; empty where it can */
    private Optional<Step> unedited(Out out) {
        if (out.channel().isEmpty()) {
            return Optional.of(Step.not(out.delivery(), Action.NONE, Message.of("delivery.revision.removed")));
        }
        if (out.stopped()) {
            return out.bound().map(reason -> Step.not(out.delivery(), Action.NONE, reason));
        }
        if (out.segments().stream().anyMatch(segment -> segment.state() != SegmentState.PUBLISHED)) {
            return Optional.of(Step.not(out.delivery(), Action.NONE, Message.of("delivery.revision.withdrawn")));
        }
        boolean edits = editing(out.channel().get()).isPresent();
        return out.segments().stream()
                .flatMap(segment -> Revisions.impossible(out.channel(), edits, segment).stream())
                .findFirst()
                .map(reason -> Step.not(out.delivery(), Action.ERRATUM, reason));
    }

    private Optional<Editing> editing(Channel channel) {
        return networks.of(channel).editing(channel);
    }

    private Step step(Out out, Composed composed) {
        if (out.stopped()) {
            return UnsentWords.step(out.delivery(), out.segments(), composed);
        }
        if (composed.parts().size() != out.segments().size()) {
            return Step.not(
                    out.delivery(),
                    Action.ERRATUM,
                    Message.of(
                            "publishing.revise.parts",
                            "before",
                            out.segments().size(),
                            "after",
                            composed.parts().size()));
        }
        Map<Integer, Revision.Wording> wordings = new HashMap<>();
        for (DeliverySegment segment : out.segments()) {
            Content said = segment.content();
            Content next = composed.parts().get(segment.index()).content();
            Content last = out.last(segment);
            boolean same =
                    last.text().equals(next.text()) && Objects.equals(last.contentWarning(), next.contentWarning());
            if (same) {
                continue;
            }
            Content content = new Content(
                    next.text(),
                    said.media(),
                    said.language(),
                    next.contentWarning(),
                    said.visibility(),
                    next.linkCard(),
                    said.replyTo());
            switch (render(composed.channel(), segment, content)) {
                case RenderResult.NotRendered not -> {
                    return Step.not(
                            out.delivery(),
                            Action.ERRATUM,
                            not.outcome().reason().message());
                }
                case RenderResult.Rendered(String body, String text) ->
                    wordings.put(segment.index(), new Revision.Wording(content, body, text));
            }
        }
        return wordings.isEmpty()
                ? Step.not(out.delivery(), Action.NONE, Message.of("publishing.revise.unchanged"))
                : Step.edit(out.delivery(), composed, wordings);
    }

    private RenderResult render(Channel channel, DeliverySegment segment, Content content) {
        List<Rewording.Picture> pictures = new ArrayList<>();
        for (int i = 0; i < content.media().size(); i++) {
            String handle =
                    i < segment.uploads().size() ? segment.uploads().get(i).handle() : "";
            pictures.add(new Rewording.Picture(handle, content.media().get(i).alt()));
        }
        return editing(channel)
                .orElseThrow()
                .render(
                        channel,
                        new Rewording(
                                Objects.requireNonNull(segment.receipt()),
                                content.text(),
                                content.language(),
                                content.contentWarning(),
                                content.linkCard(),
                                pictures));
    }

    private PostPlan erratum(Actor actor, RevisionPlan plan, Asked asked, List<Out> out) {
        String text = asked.erratum();
        List<String> where = plan.channels(Action.ERRATUM);
        if (text == null || TextCleaning.clean(text).isEmpty()) {
            throw FaultException.invalid(
                    "/erratum", Message.of("publishing.revise.erratum", "channels", String.join(", ", where)));
        }
        List<Out> answered = out.stream()
                .filter(one -> where.contains(one.delivery().channelId()))
                .toList();
        try {
            return correct.answering(
                    actor,
                    plan.before(),
                    text,
                    asked.undoSeconds(),
                    answered.stream()
                            .map(one -> new CorrectPost.Wrong(
                                    one.delivery(),
                                    one.channel().orElseThrow(),
                                    one.segments().getFirst()))
                            .toList());
        } catch (FaultException e) {
            throw new FaultException(
                    e.kind(),
                    e.faults().stream()
                            .map(fault -> fault.pointer().equals("/text")
                                    ? new Fault("/erratum", fault.message(), fault.limit(), fault.actual())
                                    : fault)
                            .toList());
        }
    }
}
