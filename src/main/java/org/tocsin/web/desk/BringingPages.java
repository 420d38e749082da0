package org.tocsin.web.desk;

import java.util.List;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.Brought;
import org.tocsin.subscriber.SignUpLinks;
import org.tocsin.web.Response;
import org.tocsin.web.SignUpParts;

/** How many subscribers a post or a campaign has brought, on its own page; and its link, by one button. */
final class BringingPages {
    private final SignUpParts parts;
    private final SignUpLinks brings;

    BringingPages(DeskParts parts) {
        this.parts = parts.signUp();
        this.brings = this.parts.brings();
    }

    List<Route> routes() {
        return List.of(
                Route.post("/desk/posts/:id/sign-up", Scope.POST, this::linkOfPost),
                Route.post("/desk/campaigns/:id/sign-up", Scope.MANAGE, this::linkOfCampaign));
    }

    /** Asked before the transaction of the page, for it is one of its own. */
    Bringing ofPost(Visit visit, String id) {
        Brought brought = brings.ofPost(visit.actor(), id);
        boolean offered = brought.links().stream().anyMatch(link -> link.retiredAt() == null);
        return of(
                visit,
                brought,
                visit.t("desk.brought.post", "count", brought.confirmed()),
                offered,
                "/desk/posts/" + id + "/sign-up");
    }

    Bringing ofCampaign(Visit visit, String id) {
        Brought brought = brings.ofCampaign(visit.actor(), id);
        boolean offered = brought.links().stream().anyMatch(link -> link.retiredAt() == null && link.postId() == null);
        return of(
                visit,
                brought,
                visit.t("desk.brought.campaign", "count", brought.confirmed()),
                offered,
                "/desk/campaigns/" + id + "/sign-up");
    }

    private Bringing of(Visit visit, Brought brought, String said, boolean offered, String make) {
        boolean open = parts.signUps().settings(visit.actor().branch()).ready();
        if (!open && brought.links().isEmpty()) {
            return Bringing.NONE;
        }
        return new Bringing(
                said,
                brought.links().stream()
                        .map(link -> LinkRow.of(link, parts.base(), 0))
                        .toList(),
                open && !offered && visit.may("POST") ? make : "");
    }

    private Response linkOfPost(Visit visit) {
        String id = visit.request().param("id");
        brings.linkOfPost(visit.actor(), id);
        return Templates.to("/desk/posts/" + id, Done.LINKED);
    }

    private Response linkOfCampaign(Visit visit) {
        String id = visit.request().param("id");
        brings.linkOfCampaign(visit.actor(), id);
        return Templates.to("/desk/campaigns?id=" + id, Done.LINKED);
    }
}
