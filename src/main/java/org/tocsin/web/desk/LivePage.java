package org.tocsin.web.desk;

import java.util.List;
import org.tocsin.people.Scope;
import org.tocsin.people.SignIn;
import org.tocsin.web.LiveStreams;
import org.tocsin.web.Response;

/** What is committed, as it is, for the pages that show it. */
final class LivePage {
    private final LiveStreams streams;
    private final SignIn signIn;

    LivePage(DeskParts parts) {
        this.streams = parts.live();
        this.signIn = parts.signIn();
    }

    List<Route> routes() {
        return List.of(Route.get("/desk/live", Scope.READ, this::open));
    }

    private Response open(Visit visit) {
        String session = visit.place().session(visit.request()).orElseThrow();
        return streams.response(
                visit.request(),
                visit.user().id(),
                visit.user().branch(),
                () -> signIn.look(session)
                        .filter(now -> now.user().role().scopes().contains(Scope.READ))
                        .isPresent(),
                visit.t("web.live.full"));
    }
}
