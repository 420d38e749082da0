package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.people.UserRepository;
import org.tocsin.watch.keeping.Trial;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.Watches;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/**
 * One watch: its words with what there is to say about them, what they would have done, what can be left out with one press, and who changed
 * them when. {@code new} in place of an id is one that is not there yet.
 */
final class WatchPage {
    private static final String PATH = "/desk/listen/watches/";
    private static final String NEW = "new";
    private static final String WITHOUT = "without:";
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]{0,60}");
    private static final Pattern HANDLE = Pattern.compile("@?[\\p{L}\\p{N}][\\p{L}\\p{N}_.@-]{0,100}");

    private final UnitOfWork unitOfWork;
    private final UserRepository people;
    private final Watches watches;
    private final Tries tries;
    private final Trial trial;
    private final Templates templates;

    WatchPage(DeskParts parts, Times times, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.people = parts.alerting().people();
        this.watches = parts.watches();
        this.tries = new Tries(parts, times);
        this.trial = parts.trial();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/listen/watches/:id", Scope.MANAGE, this::open),
                Route.post("/desk/listen/watches/:id/words", Scope.MANAGE, this::act));
    }

    private Optional<Watch> watch(Visit visit) {
        return Optional.of(visit.request().param("id"))
                .filter(id -> !id.equals(NEW))
                .map(id -> watches.find(visit.actor(), id));
    }

    private Response open(Visit visit) {
        Optional<Watch> watch = watch(visit);
        String query = visit.query("query").orElse(watch.map(Watch::query).orElse(""));
        return show(200, visit, watch, query, List.of(), null, false);
    }

    private Response show(
            int status,
            Visit visit,
            Optional<Watch> watch,
            String query,
            List<String> faults,
            @Nullable TrialSeen tried,
            boolean asked) {
        Map<String, String> names = unitOfWork
                .read(tx -> people.all(tx, visit.actor().branch()))
                .stream()
                .collect(Collectors.toMap(User::id, User::name));
        var checked = watches.check(visit.actor(), query);
        return templates.page(
                status,
                "watch",
                visit,
                "id",
                watch.map(Watch::id).orElse(NEW),
                "version",
                watch.map(Watch::version).orElse(0L),
                "name",
                visit.form().some("name").orElse(watch.map(Watch::name).orElse("")),
                "reason",
                visit.form().some("reason").orElse(watch.map(Watch::why).orElse("")),
                "query",
                query,
                "checked",
                query.isBlank() ? null : CheckSeen.of(visit, query, checked, tries.plain(visit, checked)),
                "tried",
                tried,
                "asked",
                asked,
                "words",
                tried == null ? List.of() : pickable(tried.words(), WORD),
                "authors",
                tried == null ? List.of() : pickable(tried.authors(), HANDLE),
                "versions",
                watch.map(one -> watches.versions(visit.actor(), one.id()).stream()
                                .map(version -> visit.t(
                                        "desk.voice.edit",
                                        "version",
                                        version.version(),
                                        "time",
                                        visit.at(version.savedAt()),
                                        "name",
                                        names.getOrDefault(version.savedBy(), version.savedBy()),
                                        "query",
                                        version.query()))
                                .toList())
                        .orElse(List.of()),
                "faults",
                faults);
    }

    private static List<String> pickable(Map<String, Integer> counts, Pattern form) {
        return counts.keySet().stream()
                .filter(word -> form.matcher(word).matches())
                .toList();
    }

    private Response act(Visit visit) {
        Form form = visit.form();
        Optional<Watch> watch = watch(visit);
        String query = form.get("query");
        String act = form.get("act");
        try {
            if (act.equals("save") || act.equals("sure")) {
                Optional<Fault> doubts = act.equals("sure")
                                || watch.map(Watch::query).filter(query::equals).isPresent()
                        ? Optional.empty()
                        : trial.doubts(visit.actor(), query, form.get("reason"));
                if (doubts.isPresent()) {
                    return show(
                            422,
                            visit,
                            watch,
                            query,
                            List.of(visit.said(doubts.get().message())),
                            null,
                            true);
                }
                Watches.Saved saved = watches.save(
                        visit.actor(),
                        new Watches.Wanted(
                                watch.map(Watch::id).orElse(null),
                                form.some("name").orElse(null),
                                query,
                                null,
                                form.get("reason"),
                                watch.isPresent() ? form.version() : null));
                return Templates.to(PATH + saved.watch().id(), Done.WATCHED);
            }
            if (act.startsWith(WITHOUT)) {
                query = without(query, act.substring(WITHOUT.length()));
            }
            return show(
                    200, visit, watch, query, List.of(), act.equals("check") ? null : tries.of(visit, query), false);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, watch, query, visit.said(e), null, false);
        }
    }

    /** @param what a word, or {@code from:} with a handle; anything else changes nothing */
    private static String without(String query, String what) {
        boolean author = what.startsWith("from:");
        String word = author ? what.substring("from:".length()) : what;
        if (query.isBlank() || !(author ? HANDLE : WORD).matcher(word).matches()) {
            return query;
        }
        return SearchAddress.grouped(query.strip()) + " SAUF "
                + (author ? "from:" + word.replaceFirst("^@", "") : word);
    }
}
