package org.tocsin.web.desk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.media.Media;
import org.tocsin.media.MediaRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.Networks;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.publishing.Campaigns;
import org.tocsin.publishing.PlanPost;
import org.tocsin.publishing.PostRepository;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** One text for all channels, shown beside it as each of them will show it. */
final class WritePage {
    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final MediaRepository media;
    private final ChannelRepository channels;
    private final Campaigns campaigns;
    private final Networks networks;
    private final PlanPost planner;
    private final Preview preview;
    private final Sending sending;
    private final Times times;
    private final Templates templates;
    private final String language;
    private final Duration undo;

    WritePage(DeskParts parts, Sending sending, Times times, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.posts = parts.posts();
        this.deliveries = parts.deliveries();
        this.media = parts.media();
        this.channels = parts.channels();
        this.campaigns = parts.campaigns();
        this.networks = parts.networks();
        this.planner = parts.planner();
        this.preview = new Preview(parts.planner(), parts.networks());
        this.sending = sending;
        this.times = times;
        this.templates = templates;
        this.language = parts.language();
        this.undo = parts.undo();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/write", Scope.POST, this::empty),
                Route.post("/desk/write", Scope.POST, this::send),
                Route.post("/desk/write/preview", Scope.POST, this::look));
    }

    private Response empty(Visit visit) {
        if (visit.query("post").isPresent()) {
            return show(200, visit, again(visit, visit.query("post").get()), List.of(), false);
        }
        List<String> usual =
                unitOfWork.read(tx -> channels.defaultSet(tx, visit.user().branch()));
        Draft draft = new Draft(
                visit.query("text").orElse(""),
                usual,
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
                Sending.freshKey());
        return show(200, visit, draft, List.of(), false);
    }

    private Draft again(Visit visit, String id) {
        return unitOfWork.read(tx -> {
            Post post =
                    posts.find(tx, visit.user().branch(), id).orElseThrow(() -> FaultException.notFound("post", id));
            List<String> to =
                    deliveries.ofPost(tx, id).stream().map(Delivery::channelId).toList();
            List<Picture> images = post.media().stream()
                    .map(ref -> new Picture(
                            ref.mediaId(),
                            media.find(tx, post.branch(), ref.mediaId())
                                    .map(Media::label)
                                    .orElse(""),
                            ref.alt()))
                    .toList();
            return Draft.again(post, to, images, times.zone().getId());
        });
    }

    private Response send(Visit visit) {
        Draft draft = Draft.of(visit.form());
        try {
            return sending.send(visit, () -> {
                boolean later = Acts.later(visit, draft, times);
                return planner.plan(
                        visit.actor(), draft.request(draft.channels(), later, true, (int) undo.toSeconds()));
            });
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, draft, visit.said(e), Acts.asks(e));
        }
    }

    /** With the script, the part of the page that changes; without it, the page. */
    private Response look(Visit visit) {
        Draft draft = Draft.of(visit.form());
        if (!visit.query("part").isPresent()) {
            return show(200, visit, draft, List.of(), false);
        }
        List<Channel> all = all(visit);
        return templates.page(200, "preview", visit, "seen", seen(visit, draft, all), "acts", acts(visit, draft, all));
    }

    private Preview.Seen seen(Visit visit, Draft draft, List<Channel> all) {
        return preview.of(visit, draft, all);
    }

    private List<Channel> all(Visit visit) {
        return unitOfWork.read(tx -> channels.all(tx, visit.user().branch()));
    }

    private Response show(int status, Visit visit, Draft draft, List<String> faults, boolean asked) {
        List<Channel> all = all(visit);
        TreeSet<String> visibilities = new TreeSet<>();
        boolean warnings = false;
        for (Channel channel : all) {
            visibilities.addAll(networks.of(channel).limits(channel).visibilities());
            warnings |= networks.of(channel).limits(channel).contentWarning();
        }
        return templates.page(
                status,
                "write",
                visit,
                "draft",
                draft,
                "channels",
                all.stream()
                        .map(one -> new Chip(
                                one.id(),
                                one.name(),
                                one.network(),
                                Marks.letter(one.network()),
                                draft.channels().contains(one.id())))
                        .toList(),
                "campaigns",
                campaigns.all(visit.actor()),
                "visibilities",
                visibilities.stream()
                        .map(one -> new Choice(one, Choice.visibility(visit, one)))
                        .toList(),
                "warnings",
                warnings,
                "seen",
                seen(visit, draft, all),
                "acts",
                acts(visit, draft, all),
                "faults",
                faults,
                "asked",
                asked);
    }

    private Acts acts(Visit visit, Draft draft, List<Channel> all) {
        int channels = (int)
                all.stream().filter(one -> draft.channels().contains(one.id())).count();
        return Acts.of(visit, draft, channels, times, undo);
    }
}
