package org.tocsin.web.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.newsletter.Newsletter;
import org.tocsin.newsletter.Newsletter.State;
import org.tocsin.newsletter.NewsletterSend;
import org.tocsin.newsletter.Newsletters;
import org.tocsin.newsletter.Newsletters.Preview;
import org.tocsin.newsletter.Newsletters.Seen;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.web.NewsletterParts;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** Newsletters: written, looked at, sent, followed. */
final class NewsletterPages {
    private static final String PATH = "/desk/newsletters";
    private static final int SHOWN = 50;

    private final NewsletterParts parts;
    private final Newsletters newsletters;
    private final SignUps signUps;
    private final ZoneId zone;
    private final LetterPictures pictures;
    private final Templates templates;

    NewsletterPages(DeskParts parts, Templates templates) {
        this.parts = parts.newsletters();
        this.newsletters = parts.newsletters().newsletters();
        this.signUps = parts.signUp().signUps();
        this.zone = parts.zone();
        this.pictures = new LetterPictures(parts.unitOfWork(), parts.media());
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/newsletters", Scope.READ, visit -> list(200, visit, List.of())),
                Route.post("/desk/newsletters/of-posts", Scope.POST, this::ofPosts),
                Route.get("/desk/newsletters/new", Scope.POST, this::fresh),
                Route.post("/desk/newsletters/new", Scope.POST, this::create),
                Route.get("/desk/newsletters/:id", Scope.READ, this::one),
                Route.post("/desk/newsletters/:id", Scope.POST, this::change),
                Route.post("/desk/newsletters/:id/test", Scope.MANAGE, this::test),
                Route.post("/desk/newsletters/:id/send", Scope.MANAGE, this::send),
                Route.post("/desk/newsletters/:id/turn", Scope.MANAGE, this::turn));
    }

    private Response list(int status, Visit visit, List<String> faults) {
        String after = visit.request().query("after").orElse("");
        List<NewsletterRow> rows = newsletters.page(visit.actor(), after, SHOWN).stream()
                .map(seen -> row(visit, seen))
                .toList();
        String next = rows.size() < SHOWN
                ? ""
                : "/desk/newsletters?after=" + rows.getLast().id();
        return templates.page(status, "newsletters", visit, "rows", rows, "next", next, "faults", faults);
    }

    private static NewsletterRow row(Visit visit, Seen seen) {
        Newsletter one = seen.newsletter();
        long all = seen.counts().values().stream().mapToLong(Long::longValue).sum();
        return new NewsletterRow(
                one.id(),
                title(visit, one),
                visit.word("desk.newsletter.state", one.state().name()),
                tone(one.state()),
                when(visit, one),
                all == 0
                        ? ""
                        : visit.t("desk.newsletter.sent", "sent", seen.count(NewsletterSend.State.SENT), "all", all));
    }

    private static String title(Visit visit, Newsletter one) {
        return one.texts().isEmpty() ? visit.t("desk.newsletter.untitled") : subject(one);
    }

    private static String subject(Newsletter one) {
        return one.texts()
                .getOrDefault(
                        one.mainLanguage(), one.texts().values().iterator().next())
                .subject();
    }

    private static String tone(State state) {
        return switch (state) {
            case DRAFT, STOPPED -> "quiet";
            case SCHEDULED, SENDING -> "waiting";
            case SENT -> "good";
            case PAUSED -> "care";
        };
    }

    private static String when(Visit visit, Newsletter one) {
        Instant at = one.endedAt() != null ? one.endedAt() : one.startedAt() != null ? one.startedAt() : one.at();
        return visit.at(at == null ? one.createdAt() : at);
    }

    private Response ofPosts(Visit visit) {
        try {
            Instant since = LocalDate.parse(visit.form().get("since"))
                    .atStartOfDay(zone)
                    .toInstant();
            String language = visit.form().get("language").equals("en") ? "en" : "fr";
            Newsletter made = parts.digest()
                    .draft(visit.actor(), since, language, visit.form().get("subject"));
            return Templates.to(PATH + "/" + made.id(), Done.SAVED);
        } catch (DateTimeParseException e) {
            return list(400, visit, List.of(visit.t("desk.newsletter.day")));
        } catch (FaultException e) {
            return list(Problems.status(e.kind()), visit, visit.said(e));
        }
    }

    private Response fresh(Visit visit) {
        return page(200, visit, NewsletterForm.fresh(visit.language()), fresh(visit, null), List.of());
    }

    private NewsletterSeen fresh(Visit visit, @Nullable Preview preview) {
        return new NewsletterSeen(
                "",
                "NEW",
                "",
                "quiet",
                List.of(),
                "",
                "",
                List.of(),
                0,
                "",
                preview,
                topics(visit, Set.of()),
                links(visit));
    }

    private Map<String, String> topics(Visit visit, Set<String> chosen) {
        return parts.choices().topics(visit.actor().branch(), visit.language(), chosen);
    }

    private Map<String, String> links(Visit visit) {
        return parts.choices().links(visit.actor().branch());
    }

    private Response page(int status, Visit visit, NewsletterForm form, NewsletterSeen seen, List<String> faults) {
        return page(status, visit, form, seen, faults, false);
    }

    /** @param unsaved whether the fields hold words that are not stored: then nothing can be sent from this page */
    private Response page(
            int status, Visit visit, NewsletterForm form, NewsletterSeen seen, List<String> faults, boolean unsaved) {
        return templates.page(
                status,
                "newsletter",
                visit,
                "form",
                form,
                "seen",
                seen,
                "missing",
                seen.draft() ? missing(visit) : List.of(),
                "unsaved",
                unsaved,
                "faults",
                faults);
    }

    /** Said while one writes, and not at the last button only. */
    private List<String> missing(Visit visit) {
        List<String> missing = new ArrayList<>();
        if (!signUps.settings(visit.actor().branch()).ready()) {
            missing.add(visit.t("desk.signup.closed"));
        }
        newsletters.missing(visit.actor()).forEach(one -> missing.add(visit.said(one)));
        return missing;
    }

    private Response create(Visit visit) {
        NewsletterForm form = NewsletterForm.typed(visit.form(), 0);
        try {
            if (visit.form().get("act").equals("preview")) {
                Preview preview = newsletters.preview(visit.actor(), form.wanted(null), shown(visit));
                return page(200, visit, form, fresh(visit, preview), List.of());
            }
            Newsletter created = newsletters.create(visit.actor(), form.wanted(null));
            return Templates.to(PATH + "/" + created.id(), Done.SAVED);
        } catch (FaultException e) {
            return page(Problems.status(e.kind()), visit, form, fresh(visit, null), visit.said(e));
        }
    }

    private NewsletterForm form(Visit visit, Seen seen) {
        return NewsletterForm.of(seen.newsletter(), pictures.of(visit, seen.newsletter()));
    }

    private static String shown(Visit visit) {
        return visit.form().some("shown").orElse(visit.form().get("main"));
    }

    private Response one(Visit visit) {
        Seen seen = newsletters.find(visit.actor(), visit.request().param("id"));
        Preview preview = preview(visit, seen.newsletter());
        return page(200, visit, form(visit, seen), seen(visit, seen, preview), List.of());
    }

    /** What has gone out is shown as it is; a draft is when somebody asks. */
    private @Nullable Preview preview(Visit visit, Newsletter one) {
        Optional<String> language = visit.query("preview");
        if (one.state() == State.DRAFT && language.isEmpty()) {
            return null;
        }
        try {
            return newsletters.preview(visit.actor(), one.id(), language.orElse(visit.language()));
        } catch (FaultException incomplete) {
            return null;
        }
    }

    private NewsletterSeen seen(Visit visit, Seen seen, @Nullable Preview preview) {
        Newsletter one = seen.newsletter();
        List<String> why = new ArrayList<>();
        Message reason = one.reason();
        if (reason != null) {
            why.add(visit.said(reason));
        }
        seen.waiting()
                .forEach((reach, message) -> why.add(visit.t(
                        "desk.newsletter.waits",
                        "way",
                        visit.word("desk.newsletter.reach", reach.name()),
                        "why",
                        visit.said(message))));
        List<String> counts = new ArrayList<>();
        for (NewsletterSend.State state : NewsletterSend.State.values()) {
            if (seen.count(state) > 0) {
                counts.add(visit.t(
                        "desk.newsletter.count",
                        "number",
                        seen.count(state),
                        "what",
                        visit.word("desk.newsletter.send", state.name())));
            }
        }
        boolean draft = one.state() == State.DRAFT;
        Map<Reach, Long> reached = newsletters.count(visit.actor(), one.segment());
        long mails = reached.getOrDefault(Reach.MAIL, 0L);
        return new NewsletterSeen(
                one.id(),
                one.state().name(),
                visit.word("desk.newsletter.state", one.state().name()) + (draft ? "" : " · " + when(visit, one)),
                tone(one.state()),
                why,
                draft
                        ? visit.t(
                                "desk.newsletter.reach",
                                "all",
                                mails + reached.getOrDefault(Reach.TELEGRAM, 0L),
                                "mail",
                                mails,
                                "telegram",
                                reached.getOrDefault(Reach.TELEGRAM, 0L))
                        : "",
                pace(visit, mails),
                counts,
                seen.count(NewsletterSend.State.UNKNOWN),
                one.isPublic() ? parts.composer().webVersion(one) : "",
                preview,
                topics(visit, one.segment().topics()),
                links(visit));
    }

    /** What a server lets through in a day makes days of what its rate alone would make minutes. */
    private String pace(Visit visit, long mails) {
        int day = parts.perDay();
        return day > 0 && mails > day
                ? visit.t("desk.newsletter.pace.days", "number", day, "days", (mails + day - 1) / day)
                : visit.t(
                        "desk.newsletter.pace",
                        "minutes",
                        Math.max(1, mails / parts.perMinute()),
                        "rate",
                        parts.perMinute());
    }

    private Response change(Visit visit) {
        String id = visit.request().param("id");
        String act = visit.form().get("act");
        NewsletterForm form = NewsletterForm.typed(visit.form(), visit.form().version());
        try {
            if (act.equals("remove")) {
                newsletters.remove(visit.actor(), id);
                return Templates.to(PATH, Done.DRAFT_REMOVED);
            }
            if (act.equals("preview")) {
                Preview preview = newsletters.preview(visit.actor(), form.wanted(null), shown(visit));
                Seen before = newsletters.find(visit.actor(), id);
                return page(200, visit, form, seen(visit, before, preview), List.of(), !saved(before, form));
            }
            newsletters.change(visit.actor(), id, form.wanted(form.version()));
            return Templates.to(PATH + "/" + id, Done.SAVED);
        } catch (FaultException e) {
            return again(visit, id, form, e);
        }
    }

    private static boolean saved(Seen before, NewsletterForm form) {
        Newsletter one = before.newsletter();
        Newsletters.Wanted typed = form.wanted(null);
        return typed.texts().equals(one.texts())
                && typed.mainLanguage().equals(one.mainLanguage())
                && typed.segment().equals(one.segment())
                && typed.alsoPost() == one.alsoPost();
    }

    private Response again(Visit visit, String id, @Nullable NewsletterForm form, FaultException e) {
        if (e.kind() == FaultException.Kind.NOT_FOUND) {
            throw e;
        }
        Seen seen = newsletters.find(visit.actor(), id);
        return page(
                Problems.status(e.kind()),
                visit,
                form == null ? form(visit, seen) : form,
                seen(visit, seen, null),
                visit.said(e),
                form != null);
    }

    private Response test(Visit visit) {
        String id = visit.request().param("id");
        try {
            Optional<Message> failure = newsletters.test(
                    visit.actor(),
                    id,
                    visit.form().get("language"),
                    visit.form().get("address"));
            if (failure.isPresent()) {
                Seen seen = newsletters.find(visit.actor(), id);
                return page(
                        502,
                        visit,
                        form(visit, seen),
                        seen(visit, seen, null),
                        List.of(visit.t("desk.newsletter.test.failed", "why", visit.said(failure.get()))));
            }
            return Templates.to(PATH + "/" + id, Done.TESTED);
        } catch (FaultException e) {
            return again(visit, id, null, e);
        }
    }

    private Response send(Visit visit) {
        String id = visit.request().param("id");
        try {
            newsletters.send(
                    visit.actor(),
                    id,
                    visit.form().version(),
                    visit.form().some("at").orElse(null),
                    null);
            return Templates.to(PATH + "/" + id, Done.DECIDED);
        } catch (FaultException e) {
            return again(visit, id, null, e);
        }
    }

    private Response turn(Visit visit) {
        String id = visit.request().param("id");
        try {
            switch (visit.form().get("act")) {
                case "pause" -> newsletters.pause(visit.actor(), id);
                case "resume" -> newsletters.resume(visit.actor(), id);
                case "stop" -> newsletters.stop(visit.actor(), id);
                case "unschedule" -> newsletters.unschedule(visit.actor(), id);
                case "again" -> newsletters.settle(visit.actor(), id, true);
                case "leave" -> newsletters.settle(visit.actor(), id, false);
                default -> throw Form.malformed();
            }
            return Templates.to(PATH + "/" + id, Done.DECIDED);
        } catch (FaultException e) {
            return again(visit, id, null, e);
        }
    }
}
