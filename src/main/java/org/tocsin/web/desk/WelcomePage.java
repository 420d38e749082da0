package org.tocsin.web.desk;

import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.people.Organisation;
import org.tocsin.people.OrganisationKeeping;
import org.tocsin.people.Scope;
import org.tocsin.publishing.PostRepository;
import org.tocsin.web.ConnectDialogues;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** The first steps of a new house, one at a time: who it is, a first channel, a first post that leaves the machine not. */
final class WelcomePage {
    private static final String PAGE = "/desk/welcome";

    private final UnitOfWork unitOfWork;
    private final OrganisationKeeping house;
    private final ChannelRepository channels;
    private final PostRepository posts;
    private final ConnectDialogues dialogues;
    private final Restarts restarts;
    private final Templates templates;

    WelcomePage(DeskParts parts, Restarts restarts, Templates templates) {
        this.restarts = restarts;
        this.unitOfWork = parts.unitOfWork();
        this.house = parts.house();
        this.channels = parts.channels();
        this.posts = parts.posts();
        this.dialogues = parts.dialogues();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/welcome", Scope.ADMIN, visit -> show(200, visit, house.now(), List.of())),
                Route.post("/desk/welcome", Scope.ADMIN, this::save));
    }

    private Response show(int status, Visit visit, Organisation typed, List<String> faults) {
        boolean known = house.known();
        boolean connected = unitOfWork.read(tx -> channels.all(tx, visit.actor().branch())).stream()
                .anyMatch(channel -> dialogues.networks().contains(channel.network()));
        boolean posted = unitOfWork.read(
                tx -> !posts.page(tx, visit.actor().branch(), "", 1).isEmpty());
        String rehearsal = unitOfWork.read(tx -> channels.all(tx, visit.actor().branch())).stream()
                .filter(channel -> channel.network().equals("rehearsal"))
                .map(Channel::id)
                .findFirst()
                .orElse("");
        String later = visit.query("later").orElse("");
        String step = !known && !later.contains("house")
                ? "house"
                : !connected && !later.contains("channel") ? "channel" : posted ? "done" : "post";
        return templates.page(
                status,
                "welcome",
                visit,
                "house",
                house,
                "typed",
                known || !faults.isEmpty() ? typed : unnamed(typed),
                "zones",
                SettingsPage.zones(),
                "known",
                known,
                "connected",
                connected,
                "posted",
                posted,
                "step",
                step,
                "later",
                later.contains("house") ? "house-" : "",
                "networks",
                dialogues.networks(),
                "rehearsal",
                rehearsal,
                "key",
                Sending.freshKey(),
                "faults",
                faults);
    }

    /** The usual name is that of the program, and of no organisation. */
    private Organisation unnamed(Organisation usual) {
        return house.fixed("name") ? usual : new Organisation("", usual.language(), usual.zone(), usual.publicUrl());
    }

    private Response save(Visit visit) {
        HouseForm sent = HouseForm.of(visit.form());
        try {
            return house.save(visit.actor(), sent.wanted(visit, house))
                    ? restarts.page(visit, PAGE)
                    : Templates.to(PAGE, Done.SAVED);
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, sent.offered(house.now()), visit.said(e));
        }
    }
}
