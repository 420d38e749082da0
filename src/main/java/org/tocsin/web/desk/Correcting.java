package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.network.Channel;
import org.tocsin.network.Networks;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;
import org.tocsin.publishing.PlanRevision;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.RevisePost;
import org.tocsin.publishing.RevisionPlan;
import org.tocsin.publishing.UnsentWords;

/** The form that corrects what is out: the text, what a channel says of its own, the warning, and the erratum where nothing can be edited. */
final class Correcting {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final Networks networks;
    private final RevisePost revise;
    private final Preview preview;
    private final int undo;

    Correcting(DeskParts parts) {
        this.unitOfWork = parts.unitOfWork();
        this.posts = parts.posts();
        this.deliveries = parts.deliveries();
        this.channels = parts.channels();
        this.networks = parts.networks();
        this.revise = parts.revise();
        this.preview = new Preview(parts);
        this.undo = (int) parts.undo().toSeconds();
    }

    /** @return what was typed, else how it is; null where nothing of the post is out or who looks may not correct it */
    @Nullable
    CorrectForm of(Visit visit, Post post, List<Delivery> all) {
        if (out(all).isEmpty() || !visit.may("POST")) {
            return null;
        }
        Form form = visit.form();
        boolean typed = form.on("edit");
        List<Channel> some = some(post, all);
        return new CorrectForm(
                typed ? form.seen(post.version()) : post.version(),
                typed ? form.get("edit") : post.text(),
                typed ? form.get("text") : "",
                some.stream()
                        .map(channel ->
                                new EditForm.Own(channel.id(), channel.name(), own(form, post, all, channel.id())))
                        .toList(),
                some.stream()
                        .anyMatch(
                                channel -> networks.of(channel).limits(channel).contentWarning()),
                form.on("warning") ? form.get("warning") : Objects.requireNonNullElse(post.contentWarning(), ""),
                typed ? look(visit, post, all) : null);
    }

    private static String own(Form form, Post post, List<Delivery> all, String channelId) {
        String field = Edits.VARIANT + channelId;
        return form.on(field)
                ? form.get(field)
                : said(all).stream()
                        .filter(delivery -> delivery.channelId().equals(channelId))
                        .findFirst()
                        .map(delivery -> Edits.own(post, delivery))
                        .orElse("");
    }

    /** @return what each channel will say, as far as it is written */
    Preview.Seen look(Visit visit) {
        Post post = post(visit);
        return look(visit, post, all(post));
    }

    private Preview.Seen look(Visit visit, Post post, List<Delivery> all) {
        PlanRevision.Asked asked = asked(visit.form(), post, all);
        return preview.correcting(
                visit,
                some(post, all),
                channels -> revise.look(visit.actor(), post.id(), asked, channels),
                step -> step(visit, step, Map.of()));
    }

    /** @return what shall be said; what was not changed is as it is */
    PlanRevision.Asked asked(Visit visit) {
        Post post = post(visit);
        return asked(visit.form(), post, all(post));
    }

    private PlanRevision.Asked asked(Form form, Post post, List<Delivery> all) {
        @Nullable Map<String, PostVariant> variants = Edits.variants(form, post, said(all), form.get("edit"));
        return new PlanRevision.Asked(
                form.version(),
                form.get("edit"),
                variants == null ? Map.of() : variants,
                Edits.changed(form, "warning", post.contentWarning()),
                form.some("text").orElse(null),
                undo);
    }

    /**
     * @param names of the channels, where they are to be said
     * @return what happens on a channel, in words
     */
    static String step(Visit visit, RevisionPlan.Step step, Map<String, String> names) {
        String reason = step.reason() == null ? "" : visit.said(step.reason());
        String id = step.delivery().channelId();
        Optional<String> channel = names.isEmpty() ? Optional.empty() : Optional.of(names.getOrDefault(id, id));
        return visit.said(
                switch (step.action()) {
                    case EDIT ->
                        channel.map(name -> Message.of("desk.correct.edit", "channel", name))
                                .orElse(Message.of("desk.correct.edits"));
                    case LATER ->
                        channel.map(name -> Message.of("desk.correct.later", "channel", name))
                                .orElse(Message.of("desk.correct.laters"));
                    case ERRATUM ->
                        channel.map(name -> Message.of("desk.correct.erratum", "channel", name, "reason", reason))
                                .orElse(Message.of("desk.correct.errata", "reason", reason));
                    case NONE ->
                        channel.map(name -> Message.of("desk.correct.none", "channel", name, "reason", reason))
                                .orElse(Message.of("desk.correct.nothing", "reason", reason));
                });
    }

    private Post post(Visit visit) {
        String id = visit.request().param("id");
        return unitOfWork
                .read(tx -> posts.find(tx, visit.user().branch(), id))
                .orElseThrow(() -> FaultException.notFound("post", id));
    }

    private List<Delivery> all(Post post) {
        return unitOfWork.read(tx -> deliveries.ofPost(tx, post.id()));
    }

    private static List<Delivery> out(List<Delivery> all) {
        return all.stream()
                .filter(delivery -> delivery.state() == DeliveryState.PUBLISHED)
                .toList();
    }

    /** What new words may reach: what is out, and what has stopped before. */
    private static List<Delivery> said(List<Delivery> all) {
        return all.stream()
                .filter(delivery -> delivery.state() == DeliveryState.PUBLISHED || UnsentWords.stopped(delivery))
                .toList();
    }

    /** Where it is out or has stopped; a channel that was removed has no words any more. */
    private List<Channel> some(Post post, List<Delivery> all) {
        List<String> ids = said(all).stream().map(Delivery::channelId).toList();
        return unitOfWork.read(tx -> channels.all(tx, post.branch())).stream()
                .filter(channel -> ids.contains(channel.id()))
                .toList();
    }
}
