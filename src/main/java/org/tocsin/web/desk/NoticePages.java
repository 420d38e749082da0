package org.tocsin.web.desk;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tocsin.alert.AcknowledgeNotice;
import org.tocsin.alert.Notice;
import org.tocsin.alert.NoticeRepository;
import org.tocsin.base.FaultException;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Notices;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.web.Response;

/** What was told to people: an access that ends, a source that has stopped, a clock that jumped. Alerts have a place of their own. */
final class NoticePages {
    private static final int MOST = 50;
    private static final String HOME = "/desk";
    private static final Set<Notices.Kind> TOLD = EnumSet.complementOf(EnumSet.of(Notices.Kind.ALERT));

    /** What is seen at home neither as a delivery nor as something to approve. */
    private static final Set<Notices.Kind> ELSEWHERE = EnumSet.of(
            Notices.Kind.CHANNEL_HELD,
            Notices.Kind.TOKEN_EXPIRING,
            Notices.Kind.API_TOKEN_EXPIRING,
            Notices.Kind.CLOCK_JUMP,
            Notices.Kind.BUDGET,
            Notices.Kind.SOURCE,
            Notices.Kind.WAY,
            Notices.Kind.OBJECTION,
            Notices.Kind.WATCH,
            Notices.Kind.NEWSLETTER,
            Notices.Kind.LETTERS,
            Notices.Kind.SUBSCRIBER_WEBHOOK,
            Notices.Kind.LEFT_LOST,
            Notices.Kind.BOT_HELD,
            Notices.Kind.REGISTER);

    private final UnitOfWork unitOfWork;
    private final NoticeRepository notices;
    private final AcknowledgeNotice acknowledge;
    private final Templates templates;

    NoticePages(DeskParts parts, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.notices = parts.alerting().notices();
        this.acknowledge = parts.alerting().seen();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/notices", Scope.READ, this::show),
                Route.post("/desk/notices/:id/acknowledge", Scope.MANAGE, this::acknowledge));
    }

    /** @return the newest of those that home shows, to whom can see to them */
    static List<Notice> atHome(Tx tx, NoticeRepository notices, User user, int max) {
        return user.role().scopes().contains(Scope.MANAGE)
                ? notices.page(tx, user.branch(), ELSEWHERE, true, "", max)
                : List.of();
    }

    static NoticeRow row(Visit visit, Notice notice) {
        return new NoticeRow(
                notice.id(),
                visit.notice(notice.kind()),
                visit.said(notice.message()),
                visit.at(notice.createdAt()),
                notice.acknowledgedAt() == null ? "" : visit.at(notice.acknowledgedAt()),
                leads(visit, notice.place()) ? notice.place() : HOME);
    }

    /** Nobody is led to a page that refuses him. */
    private static boolean leads(Visit visit, String place) {
        return switch (place) {
            case "/desk/tokens" -> visit.may("ADMIN");
            case "/desk/channels", "/desk/recipients", "/desk/rights", "/desk/sign-up", "/desk/subscribers" ->
                visit.may("MANAGE");
            default -> true;
        };
    }

    private Response show(Visit visit) {
        boolean all = visit.query("show").filter("all"::equals).isPresent();
        String after = visit.query("after").orElse("");
        List<Notice> page = unitOfWork.read(tx -> notices.page(tx, visit.user().branch(), TOLD, !all, after, MOST + 1));
        return templates.page(
                200,
                "notices",
                visit,
                "all",
                all,
                "notices",
                page.stream().limit(MOST).map(one -> row(visit, one)).toList(),
                "next",
                page.size() > MOST ? page.get(MOST - 1).id() : "");
    }

    /** Who presses a second later than somebody else finds what he wanted: it is put away. */
    private Response acknowledge(Visit visit) {
        try {
            acknowledge.by(visit.actor(), visit.request().param("id"));
        } catch (FaultException e) {
            if (e.kind() != FaultException.Kind.NOT_FOUND || !known(visit)) {
                throw e;
            }
        }
        return Templates.to(visit.form().get("from").equals("home") ? HOME : "/desk/notices", Done.SEEN_TO);
    }

    private boolean known(Visit visit) {
        return unitOfWork
                .read(tx -> notices.find(tx, visit.request().param("id")))
                .filter(one -> one.branch().equals(visit.user().branch()))
                .isPresent();
    }
}
