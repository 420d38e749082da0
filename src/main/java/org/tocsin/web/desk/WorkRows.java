package org.tocsin.web.desk;

import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.base.LongWork;
import org.tocsin.people.Scope;
import org.tocsin.web.Response;

/** Work that takes long, on the page where it is shown. */
final class WorkRows {
    private final LongWork work;

    WorkRows(DeskParts parts) {
        this.work = parts.alerting().heard().work();
    }

    List<WorkRow> of(Visit visit) {
        return work.all(visit.actor().branch()).stream()
                .map(one -> row(visit, one))
                .toList();
    }

    private static WorkRow row(Visit visit, LongWork.Seen one) {
        String what = switch (one.kind()) {
            case TRIAL -> visit.t("desk.work.trial", "query", one.what());
            case FEEDS -> visit.t("desk.work.feeds");
            case INDEX -> visit.t("desk.work.index");
            case SUBSCRIBERS -> visit.t("desk.work.subscribers");
            case POSTS -> visit.t("desk.work.posts");
            case FIGURES -> visit.t("desk.work.figures");
        };
        String said = one.stopped()
                ? visit.t("desk.work.stopped")
                : one.total() == 0
                        ? visit.t("desk.work.begun", "time", visit.at(one.begunAt()))
                        : visit.t("desk.work.part", "percent", 100 * one.done() / one.total());
        String act = !mayTurn(visit, one) ? "" : !one.stopped() ? "stop" : one.resumable() ? "resume" : "";
        return new WorkRow(one.id(), what, one.done(), one.total(), said, act);
    }

    private static boolean mayTurn(Visit visit, LongWork.Seen one) {
        return visit.may("MANAGE") || one.askedBy().equals(visit.actor().id());
    }

    Response turn(Visit visit) {
        String id = visit.request().param("id");
        LongWork.Seen one =
                work.find(visit.actor().branch(), id).orElseThrow(() -> FaultException.notFound("work", id));
        if (!mayTurn(visit, one)) {
            visit.actor().require(Scope.MANAGE);
        }
        work.turn(id, visit.form().act("stop", "resume").equals("stop"));
        return Templates.to("/desk/listen", Done.SAVED);
    }
}
