package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.people.Scope;
import org.tocsin.publishing.ImportPosts;
import org.tocsin.publishing.ImportPosts.Outcome;
import org.tocsin.publishing.ImportPosts.Status;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** A table of planned posts: looked at row by row, then brought in. */
final class ImportPage {
    /** More than these nobody reads. */
    private static final int SHOWN = 100;

    private static final ImportReport NONE = new ImportReport(false, 0, 0, 0, 0, List.of(), 0);

    private final ImportPosts imports;
    private final Templates templates;

    ImportPage(DeskParts parts, Templates templates) {
        this.imports = parts.imports();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/calendar/import", Scope.POST, visit -> show(200, visit, NONE, List.of())),
                Route.post("/desk/calendar/import", Scope.POST, this::bring));
    }

    private Response show(int status, Visit visit, ImportReport report, List<String> faults) {
        return templates.page(status, "import", visit, "report", report, "faults", faults);
    }

    private Response bring(Visit visit) {
        String csv = visit.form().get("csv");
        boolean run = visit.form().get("act").equals("import");
        try {
            List<Outcome> outcomes = run ? imports.run(visit.actor(), csv) : imports.look(visit.actor(), csv);
            return show(200, visit, report(visit, outcomes, run), List.of());
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, NONE, visit.said(e));
        }
    }

    private static ImportReport report(Visit visit, List<Outcome> outcomes, boolean done) {
        List<Outcome> ordered = new ArrayList<>(outcomes);
        ordered.sort(Comparator.comparing((Outcome one) -> one.status() != Status.FAULTY));
        return new ImportReport(
                done,
                count(outcomes, Status.GOOD),
                count(outcomes, Status.IMPORTED),
                count(outcomes, Status.ALREADY),
                count(outcomes, Status.FAULTY),
                ordered.stream().limit(SHOWN).map(one -> line(visit, one)).toList(),
                Math.max(0, ordered.size() - SHOWN));
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
