package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.audience.AudienceRepository.Imported;
import org.tocsin.audience.keeping.AudienceImport;
import org.tocsin.audience.keeping.FigureTables;
import org.tocsin.base.FaultException;
import org.tocsin.base.TableRuns;
import org.tocsin.people.Scope;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** Figures of days before Tocsin counted, brought in while whoever sent them may leave the page. */
final class FiguresPage {
    private static final String PATH = "/desk/audience/import";

    private final FigureTables tables;
    private final Templates templates;

    FiguresPage(DeskParts parts, Templates templates) {
        this.tables = parts.figureTables();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/audience/import", Scope.MANAGE, visit -> show(200, visit, List.of())),
                Route.table("/desk/audience/import", Scope.MANAGE, this::bring, this::refused),
                Route.post("/desk/audience/import/stop", Scope.MANAGE, this::stop));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        BroughtIn brought =
                tables.last(visit.actor()).map(seen -> of(visit, seen)).orElse(BroughtIn.NONE);
        return templates.page(status, "figures", visit, "brought", brought, "faults", faults);
    }

    private Response refused(Visit visit, FaultException fault) {
        return show(Problems.status(fault.kind()), visit, visit.said(fault));
    }

    private Response bring(Visit visit) {
        try {
            tables.begin(
                    visit.actor(),
                    Sizes.fitting(visit.form().get("csv")),
                    visit.language().equals("fr"));
            tables.settle(visit.actor());
            // What is wrong is mended in the field, and what is right is known again: the same table may come twice.
            return tables.last(visit.actor())
                    .map(TableRuns.Seen::report)
                    .filter(report -> report.refused() > 0)
                    .map(report -> show(200, visit, List.of()))
                    .orElseGet(() -> Templates.to(PATH));
        } catch (FaultException e) {
            return refused(visit, e);
        }
    }

    private Response stop(Visit visit) {
        tables.stop(visit.actor(), visit.form().get("id"));
        tables.settle(visit.actor());
        return Templates.to(PATH);
    }

    private static BroughtIn of(Visit visit, TableRuns.Seen<Integer, AudienceImport.Report> seen) {
        AudienceImport.Report report = seen.report();
        if (report == null) {
            return new BroughtIn(Far.of(seen, 0), List.of(), List.of(), Lines.NONE, false, "");
        }
        List<String> said = new ArrayList<>();
        said.add(visit.t(
                "desk.audience.report",
                "rows",
                report.done(),
                "added",
                report.count(Imported.ADDED),
                "replaced",
                report.count(Imported.REPLACED),
                "unchanged",
                report.count(Imported.UNCHANGED),
                "measured",
                report.count(Imported.MEASURED),
                "refused",
                report.refused()));
        if (report.order() != null) {
            said.add(visit.said(report.order()));
        }
        Lines part = Lines.of(visit, PATH, report.refused());
        return new BroughtIn(
                Far.of(seen, report.done()),
                said,
                part.of(report.problems()).stream()
                        .map(problem -> visit.t(
                                "desk.audience.report.line", "line", problem.line(), "text", visit.said(problem.why())))
                        .toList(),
                part,
                false,
                "");
    }
}
