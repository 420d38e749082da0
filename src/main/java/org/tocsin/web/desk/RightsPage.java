package org.tocsin.web.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.mention.rights.Erasure;
import org.tocsin.mention.rights.Erasures;
import org.tocsin.mention.rights.Hold;
import org.tocsin.mention.rights.Objection;
import org.tocsin.mention.rights.Objections;
import org.tocsin.mention.rights.PeoplesRights;
import org.tocsin.mention.rights.Subject;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.people.Users;
import org.tocsin.web.NetworkNames;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** The rights of people whose words are heard: objections, erasures, the opt-out list, evidence. */
final class RightsPage {
    private static final String PATH = "/desk/rights";
    private static final int SHOWN = 50;

    private final PeoplesRights rights;
    private final Users users;
    private final Sources sources;
    private final ZoneId zone;
    private final Templates templates;

    RightsPage(DeskParts parts, Templates templates) {
        this.rights = parts.rights();
        this.users = parts.users();
        this.sources = parts.sources();
        this.zone = parts.zone();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/rights", Scope.MANAGE, visit -> show(200, visit, List.of(), List.of())),
                Route.post("/desk/rights/erase", Scope.MANAGE, visit -> tried(visit, this::erase)),
                Route.post("/desk/rights/erasures/:id", Scope.MANAGE, visit -> tried(visit, this::turn)),
                Route.post("/desk/rights/opt-out", Scope.MANAGE, visit -> tried(visit, this::list)),
                Route.post("/desk/rights/objections/:id", Scope.MANAGE, visit -> tried(visit, this::decide)),
                Route.post("/desk/rights/holds", Scope.ADMIN, visit -> tried(visit, this::hold)),
                Route.post("/desk/rights/holds/:id/end", Scope.ADMIN, visit -> tried(visit, this::end)),
                Route.post("/desk/rights/holds/:id/export", Scope.ADMIN, visit -> tried(visit, this::export)));
    }

    private Response tried(Visit visit, Route.Page work) {
        try {
            return work.answer(visit);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.MALFORMED) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e), List.of());
        }
    }

    /** @param counted what an erasure would do, whom it means and what could not be found out; empty where nobody asked */
    private Response show(int status, Visit visit, List<String> faults, List<String> counted) {
        Map<String, String> names = users.all(Actor.daemon(visit.actor().branch())).stream()
                .collect(Collectors.toMap(User::id, User::name));
        Stream<RightsRow> erasures =
                rights.erasures().page(visit.actor(), "", SHOWN).stream().map(one -> row(visit, one, names));
        Stream<RightsRow> objections = rights.objections().page(visit.actor(), true, "", SHOWN).stream()
                .map(one -> row(visit, one));
        Stream<RightsRow> holds =
                rights.holds().page(visit.actor(), "", SHOWN).stream().map(one -> row(visit, one, names));
        return templates.page(
                status,
                "rights",
                visit,
                "sources",
                sources.all(visit.actor()).stream()
                        .map(one -> new Choice(one.source().id(), one.source().name()))
                        .toList(),
                "networks",
                networks(visit),
                "objections",
                objections.toList(),
                "erasures",
                erasures.toList(),
                "optOuts",
                rights.erasures().optOuts(visit.actor()).size(),
                "holds",
                holds.toList(),
                "fingerprint",
                visit.may("ADMIN") ? rights.export().fingerprint() : "",
                "counted",
                counted,
                "faults",
                faults);
    }

    private static List<Choice> networks(Visit visit) {
        return Subject.NETWORKS.stream()
                .map(one -> new Choice(one, NetworkNames.of(one, visit::said)))
                .toList();
    }

    private static RightsRow row(Visit visit, Objection one) {
        Objection.Said said = one.said();
        if (said == null) {
            return new RightsRow(one.id(), "", "", visit.at(one.createdAt()), one.version(), "");
        }
        String more = Stream.of(said.network(), said.reason(), said.contact())
                .filter(part -> part != null)
                .collect(Collectors.joining(" · "));
        return new RightsRow(
                one.id(),
                visit.at(one.createdAt()),
                said.author(),
                more,
                one.version(),
                "decide",
                said.network() == null ? "" : said.network().strip().toLowerCase(Locale.ROOT));
    }

    private static RightsRow row(Visit visit, Erasure one, Map<String, String> names) {
        String state = switch (one.state()) {
            case ERASING -> visit.t("desk.rights.erasing");
            case STOPPED -> visit.t("desk.rights.stopped");
            case CLEANING -> visit.t("desk.rights.cleaning");
            case DONE -> visit.t("desk.rights.done");
        };
        return new RightsRow(
                one.id(),
                state,
                visit.t("desk.rights.erased", "count", one.erased()),
                names.getOrDefault(one.askedBy(), one.askedBy()) + " · " + visit.at(one.until()),
                one.version(),
                switch (one.state()) {
                    case ERASING -> "stop";
                    case STOPPED -> "resume";
                    case CLEANING, DONE -> "";
                });
    }

    private static RightsRow row(Visit visit, Hold one, Map<String, String> names) {
        Instant ended = one.endedAt();
        return new RightsRow(
                one.id(),
                ended == null
                        ? visit.t("desk.rights.held", "until", visit.at(one.endsAt()))
                        : visit.t("desk.rights.ended", "at", visit.at(ended)),
                one.reason(),
                names.getOrDefault(one.placedBy(), one.placedBy()) + " · " + visit.at(one.placedAt()),
                one.version(),
                ended == null ? "end" : "");
    }

    private static Subject subject(Form form) {
        return Subject.of(
                form.get("author"),
                form.some("network").orElse(null),
                form.some("source").orElse(null));
    }

    private Response erase(Visit visit) {
        Form form = visit.form();
        // What cannot be undone is done for its own button alone.
        if (!form.get("act").equals("erase")) {
            Erasures.Preview preview = rights.erasures().preview(visit.actor(), subject(form));
            return show(
                    200,
                    visit,
                    List.of(),
                    Stream.concat(
                                    Stream.of(
                                            visit.t(
                                                    "desk.rights.counted",
                                                    "written",
                                                    preview.written(),
                                                    "mentioned",
                                                    preview.mentioned()),
                                            visit.t("desk.rights.names", "names", String.join(", ", preview.names()))),
                                    preview.remarks().stream().map(visit::said))
                            .toList());
        }
        rights.erasures().ask(visit.actor(), subject(form), form.on("optOut"));
        return Templates.to(PATH, Done.ERASING);
    }

    private Response turn(Visit visit) {
        String id = visit.request().param("id");
        if (visit.form().act("stop", "resume").equals("stop")) {
            rights.erasures().stop(visit.actor(), id);
        } else {
            rights.erasures().resume(visit.actor(), id);
        }
        return Templates.to(PATH, Done.SAVED);
    }

    private Response list(Visit visit) {
        if (visit.form().act("add", "remove").equals("remove")) {
            rights.erasures().optIn(visit.actor(), subject(visit.form()));
        } else {
            rights.erasures().optOut(visit.actor(), subject(visit.form()));
        }
        return Templates.to(PATH, Done.SAVED);
    }

    private Response decide(Visit visit) {
        Form form = visit.form();
        String id = visit.request().param("id");
        if (form.act("accept", "decline").equals("accept")) {
            Objections.Where where = new Objections.Where(
                    form.get("network"), form.some("source").orElse(null), form.on("sure"));
            rights.objections().accept(visit.actor(), id, form.version(), where);
            return Templates.to(PATH, Done.ERASING);
        }
        rights.objections().decline(visit.actor(), id, form.version(), form.get("reason"));
        return Templates.to(PATH, Done.SAVED);
    }

    private Response hold(Visit visit) {
        Form form = visit.form();
        String id = form.get("mention").strip();
        boolean story = form.on("story");
        rights.holds()
                .place(visit.actor(), story ? null : id, story ? id : null, form.get("reason"), day(form.get("until")));
        return Templates.to(PATH, Done.SAVED);
    }

    /** @return the end of that day; null where it is none */
    private @Nullable Instant day(String text) {
        try {
            return LocalDate.parse(text).plusDays(1).atStartOfDay(zone).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Response end(Visit visit) {
        rights.holds().end(visit.actor(), visit.request().param("id"));
        return Templates.to(PATH, Done.SAVED);
    }

    private Response export(Visit visit) {
        String id = visit.request().param("id");
        return new Response(200, "application/zip", Map.of(), rights.holds().export(visit.actor(), id))
                .with("Content-Disposition", "attachment; filename=\"evidence-" + id + ".zip\"")
                .with("Cache-Control", "no-store");
    }
}
