package org.tocsin.web.desk;

import java.time.ZoneId;
import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.people.Organisation;
import org.tocsin.people.OrganisationKeeping;
import org.tocsin.people.Scope;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** Who the organisation is. What is changed here is in force when the daemon has begun anew, which takes a moment. */
final class SettingsPage {
    private static final String PAGE = "/desk/settings";

    private final OrganisationKeeping house;
    private final Restarts restarts;
    private final Templates templates;

    SettingsPage(DeskParts parts, Restarts restarts, Templates templates) {
        this.house = parts.house();
        this.restarts = restarts;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/settings", Scope.ADMIN, visit -> show(200, visit, house.now(), List.of())),
                Route.post("/desk/settings", Scope.ADMIN, this::save));
    }

    private Response show(int status, Visit visit, Organisation typed, List<String> faults) {
        return templates.page(
                status, "settings", visit, "house", house, "typed", typed, "zones", zones(), "faults", faults);
    }

    /** @return the names of places, which know when their clocks change */
    static List<String> zones() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                .sorted()
                .toList();
    }

    private Response save(Visit visit) {
        HouseForm sent = HouseForm.of(visit.form());
        try {
            return after(visit, house.save(visit.actor(), sent.wanted(visit, house)), PAGE);
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, sent.offered(house.now()), visit.said(e));
        }
    }

    /** Where it begins anew, a page waits until it is there again. */
    private Response after(Visit visit, boolean anew, String next) {
        return anew ? restarts.page(visit, next) : Templates.to(next, Done.SAVED);
    }
}
