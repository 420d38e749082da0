package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.ImportRuns;
import org.tocsin.subscriber.SubscriberImport;
import org.tocsin.subscriber.SubscriberImport.Report;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** People come from another tool: those who had left it first, then the others, with how they agreed. */
final class SubscriberImportPage {
    private static final String PATH = "/desk/subscribers/import";
    /** More than these nobody reads. */
    private static final int SHOWN = 100;

    private final SubscriberImport imports;
    private final ImportRuns runs;
    private final Templates templates;

    SubscriberImportPage(DeskParts parts, Templates templates) {
        this.imports = parts.signUp().imports();
        this.runs = parts.signUp().runs();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/subscribers/import", Scope.MANAGE, visit -> show(200, visit, last(visit), List.of())),
                Route.post("/desk/subscribers/import", Scope.MANAGE, this::bring),
                Route.post("/desk/subscribers/import/stop", Scope.MANAGE, this::stop));
    }

    private BroughtIn last(Visit visit) {
        return runs.last(visit.actor()).map(seen -> of(visit, seen)).orElse(BroughtIn.NONE);
    }

    private Response show(int status, Visit visit, BroughtIn brought, List<String> faults) {
        return templates.page(status, "subscriberimport", visit, "brought", brought, "faults", faults);
    }

    private Response bring(Visit visit) {
        Form form = visit.form();
        boolean run = form.get("act").equals("import");
        SubscriberImport.Wanted wanted = new SubscriberImport.Wanted(
                form.get("csv"),
                form.get("list").equals("left"),
                form.some("statement").orElse(null),
                form.on("none"),
                !run);
        try {
            if (run) {
                runs.begin(visit.actor(), wanted);
                return Templates.to(PATH);
            }
            Report report = imports.run(visit.actor(), wanted, SubscriberImport.Progress.NONE);
            return show(200, visit, of(visit, "", false, report), List.of());
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, BroughtIn.NONE, visit.said(e));
        }
    }

    private Response stop(Visit visit) {
        runs.stop(visit.actor(), visit.form().get("id"));
        return Templates.to(PATH);
    }

    private static BroughtIn of(Visit visit, ImportRuns.Seen seen) {
        if (seen.report() != null) {
            return of(visit, seen.id(), seen.left(), seen.report());
        }
        String said = seen.running()
                ? visit.t("desk.subscribers.import.running", "done", seen.done(), "total", seen.total())
                : visit.t("desk.subscribers.import.failed", "done", seen.done(), "total", seen.total());
        return new BroughtIn(seen.id(), seen.running(), seen.done(), seen.total(), List.of(said), List.of(), 0, false);
    }

    private static BroughtIn of(Visit visit, String id, boolean left, Report report) {
        List<String> said = new ArrayList<>();
        if (report.stopped()) {
            said.add(visit.t("desk.subscribers.import.stopped", "done", report.done(), "total", report.total()));
        }
        if (left || (report.kept() > 0 && report.added() + report.there() == 0)) {
            said.add(visit.t("desk.subscribers.import.kept", "count", report.kept()));
        } else {
            said.add(
                    report.dry()
                            ? visit.t("desk.subscribers.import.would", "count", report.added())
                            : visit.t("desk.subscribers.import.added", "count", report.added()));
            said.add(visit.t("desk.subscribers.import.others", "there", report.there(), "kept", report.kept()));
        }
        if (!report.refused().isEmpty()) {
            said.add(visit.t(
                    "desk.subscribers.import.refused", "count", report.refused().size()));
        }
        return new BroughtIn(
                id,
                false,
                report.done(),
                report.total(),
                said,
                report.lines().stream()
                        .limit(SHOWN)
                        .map(line -> visit.t(
                                "desk.subscribers.import.line", "line", line.number(), "text", visit.said(line.why())))
                        .toList(),
                Math.max(0, report.lines().size() - SHOWN),
                report.dry() && report.added() + report.kept() > 0);
    }
}
