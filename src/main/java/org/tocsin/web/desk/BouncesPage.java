package org.tocsin.web.desk;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tocsin.newsletter.Bounce;
import org.tocsin.newsletter.Bounces;
import org.tocsin.people.Scope;
import org.tocsin.web.BounceWords;
import org.tocsin.web.Response;

/** Letters that came back: whose, when, why in plain words, and what was done. */
final class BouncesPage {
    private static final String PATH = "/desk/bounces";
    private static final int SHOWN = 50;

    private final Bounces bounces;
    private final Templates templates;

    BouncesPage(DeskParts parts, Templates templates) {
        this.bounces = parts.newsletters().bounces();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(Route.get("/desk/bounces", Scope.MANAGE, this::show));
    }

    private Response show(Visit visit) {
        Optional<String> newsletter = visit.query("newsletter").filter(id -> id.matches("[0-9a-f-]{36}"));
        String after = visit.query("after").orElse("");
        List<Bounces.Seen> page = bounces.page(visit.actor(), newsletter.orElse(null), after, SHOWN + 1);
        List<BounceRow> rows =
                page.stream().limit(SHOWN).map(seen -> row(visit, seen)).toList();
        String more = newsletter.map(id -> "newsletter=" + id + "&").orElse("");
        return templates.page(
                200,
                "bounces",
                visit,
                "rows",
                rows,
                "newsletter",
                newsletter.orElse(""),
                "next",
                page.size() > SHOWN
                        ? PATH + "?" + more + "after="
                                + page.get(SHOWN - 1).bounce().id()
                        : "");
    }

    private static BounceRow row(Visit visit, Bounces.Seen seen) {
        Bounce one = seen.bounce();
        String why = visit.said(BounceWords.why(one));
        return new BounceRow(
                Objects.requireNonNullElse(one.subscriberId(), ""),
                seen.who().replace("telegram:", "Telegram "),
                visit.at(one.at()),
                one.status().isEmpty() ? why : why + " (" + one.status() + ")",
                visit.said(BounceWords.done(one)),
                one.done() == Bounce.Done.STRUCK,
                Objects.requireNonNullElse(one.newsletterId(), ""));
    }
}
