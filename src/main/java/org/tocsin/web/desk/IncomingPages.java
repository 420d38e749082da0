package org.tocsin.web.desk;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.mention.GivenItem;
import org.tocsin.mention.hearing.Incoming;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.people.Scope;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** What is handed in instead of being read: what somebody saw, lists of feeds, addresses for other programs. */
final class IncomingPages {
    private static final String PATH = "/desk/listen/in";

    private final Incoming incoming;
    private final Sources sources;
    private final String organisation;
    private final Optional<URI> publicUrl;
    private final Templates templates;

    IncomingPages(DeskParts parts, Templates templates) {
        this.incoming = parts.incoming();
        this.sources = parts.sources();
        this.organisation = parts.organisation();
        this.publicUrl = parts.publicUrl();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/listen/in", Scope.POST, visit -> show(200, visit, List.of(), "", "")),
                Route.post("/desk/listen/in/mention", Scope.POST, this::enter),
                Route.post("/desk/listen/in/feeds", Scope.MANAGE, this::bring),
                Route.get("/desk/listen/in/feeds.opml", Scope.READ, this::list),
                Route.post("/desk/listen/in/hook", Scope.MANAGE, this::open));
    }

    /**
     * @param said what was done; empty for nothing
     * @param hook address of a new webhook, shown this once; empty for none
     */
    private Response show(int status, Visit visit, List<String> faults, String said, String hook) {
        return templates.page(status, "incoming", visit, "faults", faults, "said", said, "hook", hook);
    }

    private Response wrong(Visit visit, FaultException e) {
        return show(Problems.status(e.kind()), visit, visit.said(e), "", "");
    }

    private Response enter(Visit visit) {
        Form form = visit.form();
        try {
            incoming.enter(
                    visit.actor(),
                    new GivenItem(
                            null,
                            some(form, "title"),
                            some(form, "text"),
                            null,
                            some(form, "url"),
                            some(form, "author"),
                            null,
                            null,
                            null,
                            null,
                            List.of()));
        } catch (FaultException e) {
            return wrong(visit, e);
        }
        return Templates.to(PATH, Done.ENTERED);
    }

    private static @Nullable String some(Form form, String field) {
        return form.some(field).orElse(null);
    }

    private Response bring(Visit visit) {
        try {
            Sources.Listed listed = sources.bring(visit.actor(), visit.form().get("list"));
            List<String> wrong = listed.wrong().stream()
                    .map(url -> visit.t("desk.incoming.wrong", "value", url))
                    .toList();
            String said = visit.t("desk.incoming.listed", "added", listed.added(), "there", listed.there())
                    + (listed.left() == 0 ? "" : " " + visit.t("desk.incoming.left", "count", listed.left()));
            return show(200, visit, wrong, said, "");
        } catch (FaultException e) {
            return wrong(visit, e);
        }
    }

    private Response list(Visit visit) {
        return Response.text(200, "text/x-opml; charset=utf-8", sources.list(visit.actor(), organisation))
                .with("Content-Disposition", "attachment; filename=\"tocsin.opml\"");
    }

    private String address(Visit visit) {
        return publicUrl
                .map(url -> url.toString().replaceFirst("/$", ""))
                .orElseGet(() -> Place.of(visit.request(), publicUrl).origin());
    }

    private Response open(Visit visit) {
        try {
            Incoming.Opened opened =
                    incoming.open(visit.actor(), visit.form().some("name").orElse(null));
            return show(200, visit, List.of(), "", address(visit) + "/hooks/" + opened.token());
        } catch (FaultException e) {
            return wrong(visit, e);
        }
    }
}
