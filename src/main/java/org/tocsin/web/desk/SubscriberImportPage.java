package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tocsin.base.FaultException;
import org.tocsin.base.TableRuns;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.ImportRuns;
import org.tocsin.subscriber.SubscriberImport;
import org.tocsin.subscriber.SubscriberImport.Report;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** People come from another tool: those who had left it first, then the others, with how they agreed. */
final class SubscriberImportPage {
    private static final String PATH = "/desk/subscribers/import";

    private final ImportRuns runs;
    private final Templates templates;

    SubscriberImportPage(DeskParts parts, Templates templates) {
        this.runs = parts.signUp().runs();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/subscribers/import", Scope.MANAGE, visit -> show(200, visit, List.of())),
                Route.table("/desk/subscribers/import", Scope.MANAGE, this::bring, this::refused),
                Route.post("/desk/subscribers/import/stop", Scope.MANAGE, this::stop));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        Optional<TableRuns.Seen<SubscriberImport.Wanted, Report>> last = runs.last(visit.actor());
        Form form = visit.form();
        // What was looked at is mended in the form from which it came.
        Optional<SubscriberImport.Wanted> looked = form.on("csv")
                ? Optional.empty()
                : last.filter(TableRuns.Seen::dry).map(TableRuns.Seen::wanted);
        return templates.page(
                status,
                "subscriberimport",
                visit,
                "brought",
                last.map(seen -> of(visit, seen)).orElse(BroughtIn.NONE),
                "table",
                looked.map(SubscriberImport.Wanted::table).orElse(""),
                "adding",
                looked.map(wanted -> !wanted.left()).orElse(form.get("list").equals("add")),
                "none",
                looked.map(SubscriberImport.Wanted::none).orElse(form.on("none")),
                "statement",
                looked.map(wanted -> Objects.requireNonNullElse(wanted.statement(), ""))
                        .orElse(form.get("statement")),
                "origin",
                looked.map(wanted -> Objects.requireNonNullElse(wanted.file(), ""))
                        .orElse(form.get("origin")),
                "faults",
                faults);
    }

    private Response refused(Visit visit, FaultException fault) {
        return show(Problems.status(fault.kind()), visit, visit.said(fault));
    }

    private Response bring(Visit visit) {
        Form form = visit.form();
        try {
            if (form.some("id").isPresent()) {
                form.act("import");
                runs.bring(visit.actor(), form.get("id"));
            } else {
                runs.begin(
                        visit.actor(),
                        new SubscriberImport.Wanted(
                                Sizes.fitting(form.get("csv")),
                                form.get("list").equals("left"),
                                form.some("statement").orElse(null),
                                form.on("none"),
                                !form.get("act").equals("import"),
                                form.some("origin").orElse(null)));
            }
            runs.settle(visit.actor());
            return Templates.to(PATH);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.MALFORMED && form.some("id").isPresent()) {
                throw e;
            }
            return refused(visit, e);
        }
    }

    private Response stop(Visit visit) {
        runs.stop(visit.actor(), visit.form().get("id"));
        runs.settle(visit.actor());
        return Templates.to(PATH);
    }

    private static BroughtIn of(Visit visit, TableRuns.Seen<SubscriberImport.Wanted, Report> seen) {
        Report report = seen.report();
        if (report == null) {
            return new BroughtIn(Far.of(seen, 0), List.of(), List.of(), Lines.NONE, false, "");
        }
        List<String> said = new ArrayList<>();
        if (seen.wanted().left() || (report.kept() > 0 && report.added() + report.there() == 0)) {
            said.add(visit.t("desk.subscribers.import.kept", "count", report.kept()));
        } else {
            said.add(
                    report.dry()
                            ? visit.t("desk.subscribers.import.would", "count", report.added())
                            : visit.t("desk.subscribers.import.added", "count", report.added()));
            said.add(visit.t("desk.subscribers.import.others", "there", report.there(), "kept", report.kept()));
        }
        if (report.none()) {
            said.add(
                    visit.t(report.dry() ? "desk.subscribers.import.none.would" : "desk.subscribers.import.none.said"));
        }
        if (!report.refused().isEmpty()) {
            said.add(visit.t(
                    "desk.subscribers.import.refused", "count", report.refused().size()));
        }
        Lines part = Lines.of(visit, PATH, report.lines().size());
        SubscriberImport.Wanted wanted = seen.wanted();
        return new BroughtIn(
                Far.of(seen, report.done()),
                said,
                part.of(report.lines()).stream()
                        .map(line -> visit.t(
                                "desk.subscribers.import.line", "line", line.number(), "text", visit.said(line.why())))
                        .toList(),
                part,
                report.dry() && report.added() + report.kept() > 0,
                wanted.left() || wanted.statement() == null ? "" : wanted.statement());
    }
}
