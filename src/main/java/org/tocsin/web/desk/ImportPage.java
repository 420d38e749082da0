package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.TableRuns;
import org.tocsin.people.Scope;
import org.tocsin.publishing.ImportPosts;
import org.tocsin.publishing.ImportPosts.Outcome;
import org.tocsin.publishing.ImportPosts.Status;
import org.tocsin.publishing.PostTables;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** A table of planned posts: looked at row by row, then brought in, while whoever sent it may leave the page. */
final class ImportPage {
    private static final String PATH = "/desk/calendar/import";

    private final PostTables tables;
    private final Templates templates;

    ImportPage(DeskParts parts, Templates templates) {
        this.tables = parts.postTables();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/calendar/import", Scope.POST, visit -> show(200, visit, List.of())),
                Route.table("/desk/calendar/import", Scope.POST, this::bring, this::refused),
                Route.post("/desk/calendar/import/stop", Scope.POST, this::stop));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        Optional<TableRuns.Seen<String, ImportPosts.Report>> last = tables.last(visit.actor());
        return templates.page(
                status,
                "import",
                visit,
                "report",
                last.map(seen -> report(visit, seen)).orElse(ImportReport.NONE),
                "table",
                last.filter(TableRuns.Seen::dry).map(TableRuns.Seen::wanted).orElse(""),
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
                tables.bring(visit.actor(), form.get("id"));
            } else {
                tables.begin(
                        visit.actor(),
                        Sizes.fitting(form.get("csv")),
                        !form.get("act").equals("import"));
            }
            tables.settle(visit.actor());
            return Templates.to(PATH);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.MALFORMED && form.some("id").isPresent()) {
                throw e;
            }
            return refused(visit, e);
        }
    }

    private Response stop(Visit visit) {
        tables.stop(visit.actor(), visit.form().get("id"));
        tables.settle(visit.actor());
        return Templates.to(PATH);
    }

    private static ImportReport report(Visit visit, TableRuns.Seen<String, ImportPosts.Report> seen) {
        ImportPosts.Report report = seen.report();
        if (report == null) {
            return new ImportReport(Far.of(seen, 0), 0, 0, 0, 0, List.of(), Lines.NONE);
        }
        List<Outcome> outcomes = report.outcomes();
        List<Outcome> ordered = new ArrayList<>(outcomes);
        ordered.sort(Comparator.comparing((Outcome one) -> one.status() != Status.FAULTY));
        Lines part = Lines.of(visit, PATH, ordered.size());
        return new ImportReport(
                Far.of(seen, outcomes.size()),
                count(outcomes, Status.GOOD),
                count(outcomes, Status.IMPORTED),
                count(outcomes, Status.ALREADY),
                count(outcomes, Status.FAULTY),
                part.of(ordered).stream().map(one -> line(visit, one)).toList(),
                part);
    }

    private static int count(List<Outcome> outcomes, Status status) {
        return (int) outcomes.stream().filter(one -> one.status() == status).count();
    }

    private static ImportReport.Line line(Visit visit, Outcome one) {
        List<String> said = new ArrayList<>();
        one.faults().forEach(fault -> said.add(said(visit, fault)));
        one.warnings().forEach(warning -> said.add(visit.said(warning)));
        return new ImportReport.Line(
                one.row(),
                switch (one.status()) {
                    case GOOD, IMPORTED -> one.warnings().isEmpty() ? "good" : "care";
                    case ALREADY -> "quiet";
                    case FAULTY -> "wrong";
                },
                switch (one.status()) {
                    case GOOD, IMPORTED -> "✓";
                    case ALREADY -> "–";
                    case FAULTY -> "✕";
                },
                visit.t(
                        switch (one.status()) {
                            case GOOD -> "desk.import.good";
                            case IMPORTED -> "desk.import.imported";
                            case ALREADY -> "desk.import.already";
                            case FAULTY -> "desk.import.faulty";
                        }),
                one.postId() == null ? "" : one.postId(),
                Rows.shorten(one.text()),
                one.dueAt() == null ? "" : visit.at(one.dueAt()) + " · " + String.join(", ", one.channels()),
                said);
    }

    private static String said(Visit visit, Fault fault) {
        String[] pointer = fault.pointer().split("/");
        return pointer.length < 2
                ? visit.said(fault.message())
                : visit.t("desk.import.column", "column", pointer[1], "fault", visit.said(fault.message()));
    }
}
