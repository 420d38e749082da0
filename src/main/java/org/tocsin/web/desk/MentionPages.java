package org.tocsin.web.desk;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.network.Network;
import org.tocsin.network.Networks;
import org.tocsin.people.Scope;
import org.tocsin.post.MentionEntry;
import org.tocsin.publishing.MentionBookKeeping;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** The mention book: who is called what on which network. */
public final class MentionPages {
    private static final String HANDLE = "handle.";

    private final MentionBookKeeping book;
    private final Networks networks;
    private final Templates templates;

    MentionPages(DeskParts parts, Templates templates) {
        this.book = parts.book();
        this.networks = parts.networks();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/mentions", Scope.MANAGE, visit -> show(200, visit, asked(visit), List.of())),
                Route.post("/desk/mentions", Scope.MANAGE, this::save),
                Route.post("/desk/mentions/remove", Scope.MANAGE, this::remove));
    }

    /** @return an entry that is to be changed, as it is; else an empty form */
    private Entry asked(Visit visit) {
        return visit.query("name")
                .flatMap(name -> book.all(visit.actor()).stream()
                        .filter(entry -> entry.name().equals(name))
                        .findFirst())
                .map(entry -> new Entry(entry.name(), entry.displayName(), entry.handles(), stamp(entry)))
                .orElse(new Entry("", "", Map.of(), ""));
    }

    /**
     * What stands in the form.
     *
     * @param handles by network
     * @param seen    the entry as it was opened; empty for a new one
     */
    public record Entry(String name, String shown, Map<String, String> handles, String seen) {}

    private static String stamp(MentionEntry entry) {
        return entry.name() + " " + entry.displayName() + " " + new TreeMap<>(entry.handles());
    }

    private Response show(int status, Visit visit, Entry entry, List<String> faults) {
        return templates.page(
                status,
                "mentions",
                visit,
                "entries",
                book.all(visit.actor()).stream().map(one -> row(visit, one)).toList(),
                "networks",
                named().stream().map(id -> new Choice(id, visit.network(id))).toList(),
                "entry",
                entry,
                "faults",
                faults);
    }

    private static Choice row(Visit visit, MentionEntry entry) {
        List<String> handles = new TreeMap<>(entry.handles())
                .entrySet().stream()
                        .map(one -> visit.network(one.getKey()) + " @" + one.getValue())
                        .toList();
        return new Choice(entry.name(), String.join(" · ", handles));
    }

    /** What has people in it whom one can name: no feed, and no rehearsal, which takes the names of what it stands for. */
    private List<String> named() {
        return networks.all().stream()
                .map(Network::id)
                .filter(id -> !id.equals("feed") && !id.equals("rehearsal"))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private Response save(Visit visit) {
        Map<String, String> handles = new HashMap<>();
        for (String network : named()) {
            visit.form().some(HANDLE + network).ifPresent(handle -> handles.put(network, handle));
        }
        Entry entry = new Entry(
                visit.form().get("name"),
                visit.form().get("shown"),
                handles,
                visit.form().get("seen"));
        try {
            book.save(visit.actor(), entry.name(), entry.shown(), handles, there -> untouched(visit, entry, there));
            return Templates.to("/desk/mentions", Done.SAVED);
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, entry, visit.said(e));
        }
    }

    /** A name that is in the book already is not given to another unseen, nor is what somebody has changed meanwhile undone. */
    private static void untouched(Visit visit, Entry entry, Optional<MentionEntry> there) {
        there.filter(one -> !stamp(one).equals(entry.seen())).ifPresent(one -> {
            throw FaultException.conflict(Message.of(
                    "desk.book.exists",
                    "name",
                    one.name(),
                    "now",
                    row(visit, one).word()));
        });
    }

    private Response remove(Visit visit) {
        try {
            book.remove(visit.actor(), visit.form().get("name"));
            return Templates.to("/desk/mentions", Done.ENTRY_REMOVED);
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, asked(visit), visit.said(e));
        }
    }
}
