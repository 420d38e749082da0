package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.people.Scope;
import org.tocsin.publishing.Campaigns;
import org.tocsin.subscriber.ConsentText;
import org.tocsin.subscriber.Handing;
import org.tocsin.subscriber.SignUpKeeping;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.SubscriptionHook;
import org.tocsin.subscriber.hook.SubscriptionHooks;
import org.tocsin.web.Problems;
import org.tocsin.web.QrImage;
import org.tocsin.web.Response;
import org.tocsin.web.SignUpParts;

/** What people are told before they agree, what they can choose, and what brings them. */
final class SignUpPage {
    private static final String PATH = "/desk/sign-up";
    private final SignUpParts parts;
    private final SignUpKeeping keeping;
    private final SubscriptionHooks hooks;
    private final EmbeddedForm embedded;
    private final Campaigns campaigns;
    private final Templates templates;

    SignUpPage(DeskParts parts, Templates templates) {
        this.parts = parts.signUp();
        this.keeping = this.parts.keeping();
        this.hooks = this.parts.hooks();
        this.embedded = new EmbeddedForm(this.parts.signUps(), parts.messages(), this.parts.base());
        this.campaigns = parts.campaigns();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/sign-up", Scope.MANAGE, visit -> show(200, visit, List.of())),
                Route.post("/desk/sign-up", Scope.ADMIN, visit -> tried(visit, this::save)),
                Route.post("/desk/sign-up/texts", Scope.ADMIN, visit -> tried(visit, this::text)),
                Route.post("/desk/sign-up/topics", Scope.MANAGE, visit -> tried(visit, this::topic)),
                Route.post("/desk/sign-up/links", Scope.MANAGE, visit -> tried(visit, this::link)),
                Route.post("/desk/sign-up/links/:code", Scope.MANAGE, visit -> tried(visit, this::retire)),
                Route.post("/desk/sign-up/webhook", Scope.ADMIN, visit -> tried(visit, this::hook)),
                Route.get("/desk/sign-up/qr/:code", Scope.MANAGE, this::qr));
    }

    private Response tried(Visit visit, Route.Page work) {
        try {
            return work.answer(visit);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.MALFORMED || e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.named(e, fields(visit)));
        }
    }

    private static Map<String, String> fields(Visit visit) {
        return Map.ofEntries(
                Map.entry("/controller", visit.t("desk.signup.controller")),
                Map.entry("/contact", visit.t("desk.signup.contact")),
                Map.entry("/postal", visit.t("desk.signup.postal")),
                Map.entry("/purposeFr", visit.t("desk.signup.purpose.fr")),
                Map.entry("/purposeEn", visit.t("desk.signup.purpose.en")),
                Map.entry("/bot", visit.t("desk.signup.bot")),
                Map.entry("/text", visit.t("desk.signup.texts")),
                Map.entry("/nameFr", visit.t("desk.signup.name.fr")),
                Map.entry("/nameEn", visit.t("desk.signup.name.en")),
                Map.entry("/name", visit.t("desk.signup.link.name")),
                Map.entry("/code", visit.t("desk.signup.link.code")),
                Map.entry("/url", visit.t("desk.signup.webhook.url")),
                Map.entry("/secret", visit.t("desk.signup.webhook.secret")));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        return show(status, visit, followed(visit, null), faults);
    }

    private Response show(int status, Visit visit, HookRow hook, List<String> faults) {
        SignUpSettings settings = keeping.settings(visit.actor());
        List<ConsentText> texts = keeping.texts(visit.actor());
        return templates.page(
                status,
                "signup",
                visit,
                "settings",
                settings,
                "outdated",
                keeping.outdated(visit.actor()).stream()
                        .map(text -> visit.t(
                                text.language().equals("fr")
                                        ? "desk.signup.text.outdated.fr"
                                        : "desk.signup.text.outdated.en",
                                "number",
                                text.number()))
                        .toList(),
                "fr",
                newest(texts, "fr"),
                "en",
                newest(texts, "en"),
                "topics",
                keeping.topics(visit.actor()).stream()
                        .filter(topic -> topic.retiredAt() == null)
                        .toList(),
                "links",
                parts.brings().all(visit.actor(), (link, brought) -> LinkRow.of(link, parts.base(), brought)),
                "campaigns",
                campaigns.all(visit.actor()).stream()
                        .map(one -> new Choice(one.id(), one.name()))
                        .toList(),
                "page",
                parts.base() + "/newsletter",
                "form",
                embedded.of(visit.actor().branch(), code(visit)),
                "code",
                code(visit),
                "mail",
                parts.signUps().byMail(),
                "hook",
                hook,
                "faults",
                faults);
    }

    /** @return the link that stands for where the form is to be; empty for none */
    private static String code(Visit visit) {
        return visit.query("link")
                .filter(code -> code.matches("[A-Za-z0-9_-]{1,32}"))
                .orElse("");
    }

    private static String newest(List<ConsentText> texts, String language) {
        return texts.stream()
                .filter(text -> text.language().equals(language))
                .findFirst()
                .map(ConsentText::text)
                .orElse("");
    }

    private Response save(Visit visit) {
        Form form = visit.form();
        SignUpSettings before = keeping.settings(visit.actor());
        String token = form.get("bot").strip();
        boolean without = form.on("nobot");
        @Nullable Secret bot = without ? null : token.isEmpty() ? before.bot() : Secret.of(token);
        String name = bot == null
                ? ""
                : token.isEmpty() ? before.botName() : parts.bots().apply(bot);
        keeping.save(
                visit.actor(),
                new SignUpSettings(
                        form.get("controller").strip(),
                        form.get("contact").strip(),
                        form.get("postal").strip(),
                        form.get("purposeFr").strip(),
                        form.get("purposeEn").strip(),
                        bot,
                        name,
                        form.version()));
        return Templates.to(PATH, Done.SAVED);
    }

    private Response text(Visit visit) {
        keeping.write(visit.actor(), visit.form().get("language"), visit.form().get("text"));
        return Templates.to(PATH, Done.SAVED);
    }

    private Response topic(Visit visit) {
        Form form = visit.form();
        String id = form.get("id");
        if (id.isEmpty()) {
            keeping.addTopic(visit.actor(), form.get("nameFr"), form.get("nameEn"));
        } else {
            boolean retire = form.act("save", "retire").equals("retire");
            keeping.changeTopic(
                    visit.actor(), id, retire ? null : form.get("nameFr"), retire ? null : form.get("nameEn"), retire);
        }
        return Templates.to(PATH, Done.SAVED);
    }

    private Response link(Visit visit) {
        Form form = visit.form();
        parts.brings()
                .add(
                        visit.actor(),
                        form.some("code").orElse(null),
                        form.get("name"),
                        null,
                        form.some("campaign").orElse(null));
        return Templates.to(PATH, Done.SAVED);
    }

    private Response retire(Visit visit) {
        parts.brings()
                .retire(
                        visit.actor(),
                        visit.request().param("code"),
                        visit.form().act("restore", "retire").equals("retire"));
        return Templates.to(PATH, Done.SAVED);
    }

    /** @param fresh what was saved just now, with its secret where it was made here; null for what is kept */
    private HookRow followed(Visit visit, SubscriptionHooks.@Nullable Seen fresh) {
        if (!visit.may("ADMIN")) {
            return HookRow.NONE;
        }
        Optional<SubscriptionHooks.Seen> seen = fresh == null ? hooks.find(visit.actor()) : Optional.of(fresh);
        return seen.map(one -> row(visit, one)).orElse(HookRow.NONE);
    }

    private HookRow row(Visit visit, SubscriptionHooks.Seen seen) {
        SubscriptionHook hook = seen.hook();
        Message failure = hook.failure();
        String health = failure != null
                ? visit.t("desk.signup.webhook.fails") + " " + visit.said(failure)
                : hook.workedAt() == null
                        ? visit.t("desk.signup.webhook.new")
                        : visit.t("desk.signup.webhook.works", "time", visit.at(hook.workedAt()));
        String waiting =
                seen.waiting() == 0 ? "" : " " + visit.t("desk.signup.webhook.waiting", "count", seen.waiting());
        Secret secret = seen.fresh();
        List<String> silent = hooks.unnamed(visit.actor());
        return new HookRow(
                true,
                hook.url(),
                hook.withAddress(),
                hook.version(),
                health + waiting,
                failure != null,
                secret == null ? "" : secret.reveal(),
                silent.isEmpty()
                        ? ""
                        : visit.t(
                                "desk.signup.webhook.silent",
                                "host",
                                Handing.host(hook.url()),
                                "languages",
                                String.join(", ", silent)));
    }

    private Response hook(Visit visit) {
        Form form = visit.form();
        switch (form.get("act")) {
            case "remove" -> hooks.remove(visit.actor());
            case "test" -> {
                Optional<Message> failure = hooks.test(visit.actor());
                if (failure.isPresent()) {
                    return show(200, visit, List.of(visit.said(failure.get())));
                }
                return Templates.to(PATH, Done.TESTED);
            }
            case "save" -> {
                SubscriptionHooks.Seen saved = hooks.save(
                        visit.actor(),
                        form.get("url").strip(),
                        form.some("secret").orElse(null),
                        form.on("withAddress"),
                        form.version());
                if (saved.fresh() != null) {
                    return show(200, visit, followed(visit, saved), List.of());
                }
            }
            default -> throw Form.malformed();
        }
        return Templates.to(PATH, Done.SAVED);
    }

    /** The code of a link for printing: as SVG, or as PNG where that is asked for. */
    private Response qr(Visit visit) {
        String given = visit.request().param("code");
        boolean png = given.endsWith(".png");
        String code = given.replaceFirst("\\.(png|svg)$", "");
        if (!parts.brings().all(visit.actor(), (link, brought) -> link.code()).contains(code)) {
            throw FaultException.notFound("path", visit.request().path());
        }
        return QrImage.file(parts.base(), code, png);
    }
}
