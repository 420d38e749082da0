package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tocsin.base.UnitOfWork;
import org.tocsin.people.Scope;
import org.tocsin.web.Rehearsals;
import org.tocsin.web.Response;
import org.tocsin.web.Rules;

/** The timeline of what was rehearsed: seen by the team alone, as each network would show it. */
final class RehearsalPage {
    private static final int SHOWN = 30;

    private final UnitOfWork unitOfWork;
    private final Rehearsals rehearsals;
    private final Rows rows;
    private final Templates templates;

    RehearsalPage(DeskParts parts, Rows rows, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.rehearsals = parts.rehearsals();
        this.rows = rows;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(Route.get("/desk/rehearsal", Scope.READ, this::show));
    }

    private Response show(Visit visit) {
        String after =
                visit.query("after").filter(id -> id.matches("[0-9a-f-]{36}")).orElse("");
        List<Rehearsals.Shown> page = rehearsals.newest(visit.user().branch(), "", after, SHOWN + 1);
        Map<String, String> names = unitOfWork.read(tx -> rows.names(tx, visit));
        return templates.page(
                200,
                "rehearsal",
                visit,
                "items",
                page.stream()
                        .limit(SHOWN)
                        .map(one -> rehearsed(visit, one, names.getOrDefault(one.channelId(), one.channelId())))
                        .toList(),
                "next",
                page.size() > SHOWN ? page.get(SHOWN - 1).id() : "");
    }

    private static Rehearsed rehearsed(Visit visit, Rehearsals.Shown one, String channel) {
        List<String> facts = new ArrayList<>();
        facts.add(visit.said(Rules.of(one.standsFor())));
        facts.add(visit.t("desk.rehearsal.at", "time", visit.at(one.publishedAt())));
        if (one.parentId() != null) {
            facts.add(visit.t("desk.rehearsal.answer"));
        }
        if (one.visibility() != null) {
            facts.add(Choice.visibility(visit, one.visibility()));
        }
        return new Rehearsed(
                channel,
                one.text(),
                one.contentWarning() == null ? "" : one.contentWarning(),
                String.join(" · ", facts),
                one.editedAt() == null ? "" : visit.t("desk.rehearsal.edited"),
                one.withdrawnAt() == null
                        ? ""
                        : visit.t("desk.rehearsal.withdrawn", "time", visit.at(one.withdrawnAt())),
                one.alts().stream()
                        .map(alt -> alt.isBlank()
                                ? visit.t("desk.write.alt.missing")
                                : visit.t("desk.rehearsal.image", "alt", alt))
                        .toList(),
                one.card() == null ? "" : one.card().title(),
                one.card() == null ? "" : one.card().url());
    }
}
