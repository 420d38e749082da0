package org.tocsin.web.desk;

import java.util.List;
import java.util.Optional;
import org.tocsin.base.FaultException;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.people.Users;
import org.tocsin.publishing.Drafts;
import org.tocsin.publishing.Drafts.Saved;
import org.tocsin.publishing.KeptDraft;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** What the team is writing: kept while one types, listed, opened, thrown away; never one text in place of another unseen. */
final class DraftPages {
    private final Drafts drafts;
    private final Users users;
    private final WriteForm form;
    private final Sending sending;
    private final Templates templates;

    DraftPages(DeskParts parts, WriteForm form, Sending sending, Templates templates) {
        this.drafts = parts.drafts();
        this.users = parts.users();
        this.form = form;
        this.sending = sending;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/drafts", Scope.POST, visit -> list(200, visit, List.of())),
                Route.post("/desk/drafts", Scope.POST, this::keep),
                Route.post("/desk/drafts/:id/delete", Scope.POST, this::delete));
    }

    private Response list(int status, Visit visit, List<String> faults) {
        List<User> team = users.all(Actor.daemon(visit.user().branch()));
        List<KeptRow> rows = drafts.all(visit.actor()).stream()
                .map(kept -> new KeptRow(
                        kept.id(),
                        title(visit, kept),
                        visit.t("desk.draft.by", "who", name(visit, team, kept), "time", visit.at(kept.changedAt())),
                        kept.version()))
                .toList();
        return templates.page(status, "drafts", visit, "drafts", rows, "faults", faults);
    }

    private static String title(Visit visit, KeptDraft kept) {
        String text = kept.content().text().strip();
        if (text.isEmpty()) {
            text = kept.content().variants().values().stream()
                    .findFirst()
                    .map(String::strip)
                    .orElse("");
        }
        return text.isEmpty() ? visit.t("desk.draft.untitled") : Rows.shorten(text);
    }

    private static String name(Visit visit, List<User> team, KeptDraft kept) {
        return team.stream()
                .filter(user -> user.id().equals(kept.changedBy().value()))
                .map(User::name)
                .findFirst()
                .orElseGet(() -> visit.t("desk.post.author.token"));
    }

    /** What stands beside a form's own text where they are not the same. */
    Optional<Other> other(Visit visit, Draft draft) {
        return drafts.find(visit.actor(), draft.id())
                .filter(kept -> kept.version() != draft.version())
                .map(kept -> other(visit, draft, kept));
    }

    private Other other(Visit visit, Draft draft, KeptDraft kept) {
        List<User> team = users.all(Actor.daemon(visit.user().branch()));
        return new Other(
                name(visit, team, kept),
                visit.at(kept.changedAt()),
                kept.content().text(),
                new DraftDifferences(visit, draft.kept().content(), kept.content()).fields(),
                kept.version());
    }

    /** With the script, what became of it; without it, the page. */
    private Response keep(Visit visit) {
        Draft draft = Draft.of(visit.form());
        boolean part = visit.query("part").isPresent();
        if (visit.form().get("keep").equals("theirs")) {
            drafts.beside(visit.actor(), draft.kept());
            return Templates.to("/desk/write?draft=" + draft.id(), Done.KEPT_BESIDE);
        }
        if (part && draft.version() == 0 && draft.blank()) {
            return kept(visit, draft, "");
        }
        boolean mine = visit.form().get("keep").equals("mine");
        Saved saved = mine
                ? drafts.over(visit.actor(), draft.kept(), seen(visit))
                : drafts.save(visit.actor(), draft.kept(), tx -> sending.sent(tx, visit, draft));
        return switch (saved) {
            case Saved.Kept(KeptDraft kept) ->
                part
                        ? kept(visit, draft.as(kept), visit.t("desk.draft.kept", "time", visit.at(kept.changedAt())))
                        : Templates.to("/desk/write?draft=" + kept.id(), mine ? Done.KEPT_BESIDE : Done.KEPT);
            case Saved.Changed(KeptDraft theirs) -> changed(visit, draft, other(visit, draft, theirs), part);
            case Saved.Gone() -> gone(visit, draft, part);
        };
    }

    private static long seen(Visit visit) {
        String seen = visit.form().get("seen");
        if (!seen.matches("\\d{1,18}")) {
            throw Form.malformed();
        }
        return Long.parseLong(seen);
    }

    private Response changed(Visit visit, Draft draft, Other other, boolean part) {
        // To the script it is an answer like another: a failed request would be an error in the browser's console.
        return part
                ? templates.page(200, "conflict", visit, "draft", draft, "other", other)
                : form.show(409, visit, draft, new WriteForm.Told(List.of(), false, other));
    }

    /**
     * No word is lost: what is no longer kept there is kept beside it. What this form itself has sent is out, and what it saved while it
     * was sent comes late. What was typed into it afterwards is another text, in a form that can be sent.
     */
    private Response gone(Visit visit, Draft draft, boolean part) {
        boolean sent = sending.sent(visit, draft.key());
        if (sending.repeats(visit, draft) || (sent && part && !visit.form().on("later"))) {
            String out = visit.t("desk.write.sent");
            return part
                    ? kept(visit, draft, out)
                    : form.show(409, visit, draft, new WriteForm.Told(List.of(out), false, null));
        }
        if (sent) {
            Draft anew = draft.anew();
            KeptDraft beside = drafts.beside(visit.actor(), anew.kept());
            return part
                    ? kept(visit, anew.as(beside), visit.t("desk.draft.anew"))
                    : Templates.to("/desk/write?draft=" + beside.id(), Done.KEPT_ANEW);
        }
        KeptDraft beside = drafts.beside(visit.actor(), draft.kept());
        return part
                ? kept(visit, draft.as(beside), visit.t("desk.draft.gone"))
                : Templates.to("/desk/write?draft=" + beside.id(), Done.KEPT_ANEW);
    }

    private Response kept(Visit visit, Draft draft, String said) {
        return templates.page(200, "kept", visit, "draft", draft, "said", said);
    }

    private Response delete(Visit visit) {
        try {
            drafts.remove(
                    visit.actor(), visit.request().param("id"), visit.form().version());
            return Templates.to("/desk/drafts", Done.DRAFT_REMOVED);
        } catch (FaultException e) {
            return list(Problems.status(e.kind()), visit, visit.said(e));
        }
    }
}
