package org.tocsin.web.desk;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.Networks;
import org.tocsin.people.Scope;
import org.tocsin.publishing.Campaigns;
import org.tocsin.publishing.PlanPost;
import org.tocsin.publishing.PostRequest;
import org.tocsin.publishing.Slots;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** One text for all channels, shown beside it as each of them will show it. */
final class WritePage {
    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;
    private final Campaigns campaigns;
    private final Networks networks;
    private final PlanPost planner;
    private final Preview preview;
    private final Sending sending;
    private final Slots slots;
    private final Times times;
    private final Templates templates;
    private final String language;

    WritePage(DeskParts parts, Sending sending, Times times, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.channels = parts.channels();
        this.campaigns = parts.campaigns();
        this.networks = parts.networks();
        this.planner = parts.planner();
        this.preview = new Preview(parts.planner(), parts.networks());
        this.sending = sending;
        this.slots = parts.slots();
        this.times = times;
        this.templates = templates;
        this.language = parts.language();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/write", Scope.POST, this::empty),
                Route.post("/desk/write", Scope.POST, this::send),
                Route.post("/desk/write/preview", Scope.POST, this::look));
    }

    private Response empty(Visit visit) {
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
                Sending.freshKey());
        return show(200, visit, draft, List.of());
    }

    private Response send(Visit visit) {
        Draft draft = Draft.of(visit.form());
        try {
            return sending.send(visit, () -> {
                boolean later = visit.form().get("when").equals("later");
                if (later && !draft.timed()) {
                    throw FaultException.invalid("/at", Message.of("desk.write.date"));
                }
                PostRequest asked = draft.request(draft.channels(), later, true);
                boolean next = visit.form().get("when").equals("next");
                return planner.plan(visit.actor(), next ? asked.at(PostRequest.NEXT) : asked);
            });
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, draft, visit.said(e));
        }
    }

    /** With the script, the part of the page that changes; without it, the page. */
    private Response look(Visit visit) {
        Draft draft = Draft.of(visit.form());
        if (!visit.query("part").isPresent()) {
            return show(200, visit, draft, List.of());
        }
        return templates.page(
                200,
                "preview",
                visit,
                "seen",
                seen(visit, draft, all(visit)),
                "later",
                later(visit, draft),
                "next",
                next(visit, draft));
    }

    private Preview.Seen seen(Visit visit, Draft draft, List<Channel> all) {
        return preview.of(visit, draft, all);
    }

    private List<Channel> all(Visit visit) {
        return unitOfWork.read(tx -> channels.all(tx, visit.user().branch()));
    }

    private Response show(int status, Visit visit, Draft draft, List<String> faults) {
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
                "later",
                later(visit, draft),
                "next",
                next(visit, draft),
                "faults",
                faults);
    }

    /** The same of the next free slot; empty where the channels have none. */
    private String next(Visit visit, Draft draft) {
        return slots.next(visit.user().branch(), draft.channels())
                .map(at -> visit.t("desk.write.next", "time", visit.at(at)))
                .orElse("");
    }

    /** What the button says: when it will go out. */
    private String later(Visit visit, Draft draft) {
        try {
            if (draft.timed()) {
                ZoneId zone = draft.zone().isBlank() ? times.zone() : ZoneId.of(draft.zone());
                String when = times.at(LocalDateTime.parse(draft.at()), zone, visit.locale());
                return visit.t("desk.write.later", "time", when);
            }
        } catch (DateTimeException notATime) {
            // Told when it is sent: while one types, it is only not there yet.
        }
        return visit.t("desk.write.plan");
    }
}
