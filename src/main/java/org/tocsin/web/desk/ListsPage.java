package org.tocsin.web.desk;

import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.people.Scope;
import org.tocsin.watch.keeping.ListKeeping;
import org.tocsin.watch.keeping.NamedList;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** Words that several watches share, a line for each. */
final class ListsPage {
    private static final String PATH = "/desk/lists";

    private final ListKeeping lists;
    private final Templates templates;

    ListsPage(DeskParts parts, Templates templates) {
        this.lists = parts.wordLists();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/lists", Scope.READ, visit -> show(200, visit, List.of())),
                Route.post("/desk/lists", Scope.MANAGE, this::add),
                Route.post("/desk/lists/:id", Scope.MANAGE, this::change));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        return templates.page(
                status,
                "lists",
                visit,
                "lists",
                lists.all(visit.actor()).stream().map(this::row).toList(),
                "faults",
                faults);
    }

    private ListRow row(NamedList list) {
        return new ListRow(
                list.id(),
                list.name(),
                String.join("\n", list.entries()),
                list.entries().size(),
                lists.naming(list).stream().map(Watch::name).toList(),
                list.version());
    }

    private Response add(Visit visit) {
        return kept(visit, () -> lists.add(visit.actor(), visit.form().get("name"), entries(visit)));
    }

    private Response change(Visit visit) {
        String id = visit.request().param("id");
        return kept(visit, () -> {
            if (visit.form().act("save", "remove").equals("remove")) {
                lists.remove(visit.actor(), id);
            } else {
                lists.change(visit.actor(), id, visit.form().version(), entries(visit));
            }
        });
    }

    private static List<String> entries(Visit visit) {
        return visit.form().get("entries").lines().toList();
    }

    private Response kept(Visit visit, Runnable what) {
        try {
            what.run();
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
        return Templates.to(PATH, Done.SAVED);
    }
}
