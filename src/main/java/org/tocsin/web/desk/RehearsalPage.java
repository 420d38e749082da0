package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.Networks;
import org.tocsin.people.Scope;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.web.Problems;
import org.tocsin.web.Rehearsals;
import org.tocsin.web.Response;
import org.tocsin.web.Rules;

/** The timelines of what was rehearsed: seen by the team alone, as each network would show it. One can be made for each network. */
final class RehearsalPage {
    private static final int SHOWN = 30;
    private static final String REHEARSAL = "rehearsal";
    private static final String STANDS_FOR = "standsFor";
    /** The networks whose rules can be rehearsed, in the order of the page. */
    private static final List<String> STAGES = List.of("mastodon", "bluesky", "telegram", "x");

    private final UnitOfWork unitOfWork;
    private final Rehearsals rehearsals;
    private final ChannelRepository channels;
    private final ChannelAdministration administration;
    private final Networks networks;
    private final Templates templates;

    RehearsalPage(DeskParts parts, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.rehearsals = parts.rehearsals();
        this.channels = parts.channels();
        this.administration = parts.administration();
        this.networks = parts.networks();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/rehearsal", Scope.READ, visit -> show(200, visit, List.of())),
                Route.post("/desk/rehearsal", Scope.ADMIN, this::add));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        String after =
                visit.query("after").filter(id -> id.matches("[0-9a-f-]{36}")).orElse("");
        List<Channel> practice = unitOfWork
                .read(tx -> channels.all(tx, visit.user().branch()))
                .stream()
                .filter(channel -> channel.network().equals(REHEARSAL))
                .toList();
        Optional<Channel> one = practice.stream()
                .filter(channel ->
                        visit.query("channel").filter(channel.id()::equals).isPresent())
                .findFirst();
        List<Rehearsals.Shown> page =
                rehearsals.newest(visit.user().branch(), one.map(Channel::id).orElse(""), after, SHOWN + 1);
        Map<String, String> names = visit.channels();
        return templates.page(
                status,
                "rehearsal",
                visit,
                "items",
                page.stream()
                        .limit(SHOWN)
                        .map(item -> rehearsed(visit, item, names.getOrDefault(item.channelId(), item.channelId())))
                        .toList(),
                "stages",
                practice.stream().map(channel -> stage(visit, channel, one)).toList(),
                "missing",
                missing(practice),
                "chosen",
                one.map(Channel::id).orElse(""),
                "next",
                page.size() > SHOWN ? page.get(SHOWN - 1).id() : "",
                "faults",
                faults);
    }

    private Stage stage(Visit visit, Channel channel, Optional<Channel> chosen) {
        return new Stage(
                channel.id(),
                channel.name(),
                visit.said(Rules.of(networks.standsFor(channel))),
                chosen.filter(channel::equals).isPresent());
    }

    /** The networks that no rehearsal stands for yet. */
    private List<String> missing(List<Channel> practice) {
        return STAGES.stream()
                .filter(network -> networks.find(network).isPresent()
                        && practice.stream()
                                .noneMatch(
                                        channel -> networks.standsFor(channel).equals(network)))
                .toList();
    }

    /** One more channel whose timeline is here, by the rules of one network; posts go there only where somebody ticks it. */
    private Response add(Visit visit) {
        String network = visit.form().get("network");
        if (!STAGES.contains(network)) {
            throw Form.malformed();
        }
        String id = free(REHEARSAL + "-" + network);
        try {
            administration.save(
                    visit.actor(),
                    new ChannelAdministration.Wanted(
                            id,
                            visit.t("desk.rehearsal.name", "network", visit.network(network)),
                            REHEARSAL,
                            Map.of(STANDS_FOR, network),
                            Map.of(),
                            false,
                            false));
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
        return Templates.to("/desk/rehearsal?channel=" + id, Done.CONNECTED);
    }

    /** The id of a channel that was removed is not given again: what it published is kept under it. */
    private String free(String base) {
        return unitOfWork.read(tx -> {
            String id = base;
            for (int next = 2; channels.known(tx, id) && channels.find(tx, id).isEmpty(); next++) {
                id = base + "-" + next;
            }
            return id;
        });
    }

    private static Rehearsed rehearsed(Visit visit, Rehearsals.Shown one, String channel) {
        List<String> facts = new ArrayList<>();
        facts.add(visit.said(Rules.of(one.standsFor())));
        facts.add(visit.t("desk.rehearsal.at", "time", visit.at(one.publishedAt())));
        if (one.parentId() != null) {
            facts.add(visit.t("desk.rehearsal.answer"));
        }
        if (one.visibility() != null) {
            facts.add(Choice.visibility(visit, one.visibility()));
        }
        return new Rehearsed(
                channel,
                one.text(),
                one.contentWarning() == null ? "" : one.contentWarning(),
                String.join(" · ", facts),
                one.editedAt() == null ? "" : visit.t("desk.rehearsal.edited"),
                one.withdrawnAt() == null
                        ? ""
                        : visit.t("desk.rehearsal.withdrawn", "time", visit.at(one.withdrawnAt())),
                one.alts().stream()
                        .map(alt -> alt.isBlank()
                                ? visit.t("desk.write.alt.missing")
                                : visit.t("desk.rehearsal.image", "alt", alt))
                        .toList(),
                one.card() == null ? "" : one.card().title(),
                one.card() == null ? "" : one.card().url());
    }
}
