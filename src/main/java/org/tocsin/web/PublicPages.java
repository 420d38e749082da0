package org.tocsin.web;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.LocalTimes;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.Removal;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.publishing.Freezes;

/**
 * One plain page: what needs a person, what is due, what went out. It shows what is not public yet and asks for no token, so it is shown
 * only on the machine itself.
 */
final class PublicPages {
    private static final int ROWS = 20;
    private static final Set<DeliveryState> PERSON =
            EnumSet.of(DeliveryState.UNKNOWN, DeliveryState.HELD, DeliveryState.REFUSED, DeliveryState.EXHAUSTED);
    private static final Set<DeliveryState> OUT = EnumSet.of(DeliveryState.PUBLISHED, DeliveryState.DELETED);

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final RemovalRepository removals;
    private final Rehearsals rehearsals;
    private final Freezes freezes;
    private final Views views;
    private final LocalTimes times;
    private final Clock clock;

    PublicPages(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            RemovalRepository removals,
            Rehearsals rehearsals,
            Freezes freezes,
            Views views,
            ZoneId zone,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.removals = removals;
        this.rehearsals = rehearsals;
        this.freezes = freezes;
        this.views = views;
        this.times = new LocalTimes(zone);
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/", null, this::page),
                Endpoint.get("/rehearsal/:channel/:id", null, this::rehearsal),
                Endpoint.get("/style.css", null, request -> Response.text(200, "text/css; charset=utf-8", STYLE)));
    }

    private Response page(Request request) {
        requireLocal(request);
        Locale locale = request.locale();
        FrozenTimes frozen = new FrozenTimes(freezes.standing(BranchId.MAIN), clock.instant());
        String body = frozen(frozen, locale)
                + unitOfWork.read(tx -> section(person(tx), tx, "web.page.person", frozen, locale)
                        + section(deliveries.coming(tx, BranchId.MAIN, ROWS), tx, "web.page.due", frozen, locale)
                        + section(
                                deliveries.page(tx, BranchId.MAIN, OUT, "", ROWS), tx, "web.page.out", frozen, locale))
                + rehearsed(rehearsals.newest(BranchId.MAIN, "", "", ROWS), locale)
                + "<footer><p><a href=\"/feeds/posts.rss\">RSS</a> · <a href=\"/feeds/posts.atom\">Atom</a> · "
                + "<a href=\"/feeds/posts.json\">JSON Feed</a> · <a href=\"/api/openapi.json\">OpenAPI</a> · <a href=\"/privacy\">"
                + text("rights.page.title", locale) + "</a></p></footer>";
        return html(body, locale);
    }

    /** Each once: the rest of a thread is held while its beginning is taken back. */
    private List<Delivery> person(Tx tx) {
        return Stream.concat(
                        deliveries.forPerson(tx, BranchId.MAIN, PERSON, ROWS).stream()
                                .map(Delivery::id),
                        removals.forPerson(tx, BranchId.MAIN, ROWS).stream())
                .distinct()
                .limit(ROWS)
                .flatMap(id -> deliveries.find(tx, id).stream())
                .toList();
    }

    private Response rehearsal(Request request) {
        requireLocal(request);
        Rehearsals.Shown shown = rehearsals
                .find(BranchId.MAIN, request.param("channel"), request.param("id"))
                .orElseThrow(() -> FaultException.notFound("path", request.path()));
        return html(rehearsed(List.of(shown), request.locale()), request.locale());
    }

    /** What is served to anyone; a browser that asks for what is not there is shown a page. */
    Response serve(ServedFile file, Request request) {
        try {
            return file.serve(request);
        } catch (FaultException e) {
            boolean browser = request.header("accept")
                    .filter(kinds -> kinds.contains("text/html"))
                    .isPresent();
            if (e.kind() != Kind.NOT_FOUND || !browser) {
                throw e;
            }
            return missing(request).with("Vary", "Accept, Accept-Language");
        }
    }

    private Response missing(Request request) {
        Locale locale = request.locale();
        String why = views.text(Message.of("web.missing.why", "path", request.path()), locale);
        // The page of the machine is not for strangers; the desk asks them who they are.
        String home = request.local() ? "/" : "/desk";
        return html(
                404,
                "<h2>" + text("web.missing", locale) + "</h2><p>" + escape(why) + "</p><p><a href=\"" + home + "\">"
                        + text("web.missing.home", locale) + "</a></p>",
                locale);
    }

    private static void requireLocal(Request request) {
        if (!request.local()) {
            throw new FaultException(Kind.FORBIDDEN, Fault.at("", Message.of("web.page.local")));
        }
    }

    private Response html(String body, Locale locale) {
        return html(200, body, locale);
    }

    private Response html(int status, String body, Locale locale) {
        String zone =
                views.text(Message.of("web.page.zone", "zone", times.zone().getId()), locale);
        String html = "<!doctype html><html lang=\"" + locale.getLanguage() + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Tocsin</title>"
                + "<link rel=\"stylesheet\" href=\"/style.css\"></head><body><main><h1>Tocsin</h1>" + body
                + "<p class=\"meta zone\">" + escape(zone) + "</p></main></body></html>";
        return Response.text(status, "text/html; charset=utf-8", html).with("Cache-Control", "no-store");
    }

    private String rehearsed(List<Rehearsals.Shown> shown, Locale locale) {
        if (shown.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("<section><h2>")
                .append(text("web.page.rehearsed", locale))
                .append("</h2><ul>");
        for (Rehearsals.Shown one : shown) {
            out.append("<li>");
            if (one.contentWarning() != null) {
                out.append("<p><em>").append(escape(one.contentWarning())).append("</em></p>");
            }
            out.append("<p class=\"said\">").append(escape(one.text())).append("</p>");
            for (String alt : one.alts()) {
                out.append("<p class=\"meta\">▣ ")
                        .append(alt.isBlank() ? text("web.page.alt.none", locale) : escape(alt))
                        .append("</p>");
            }
            if (one.card() != null) {
                out.append("<p class=\"meta\">")
                        .append(escape(one.card().title()))
                        .append(" – ")
                        .append(escape(one.card().url()))
                        .append("</p>");
            }
            out.append("<p class=\"meta\"><strong>")
                    .append(escape(one.channelId()))
                    .append("</strong> · ")
                    .append(escape(rules(one.standsFor(), locale)))
                    .append(" · ")
                    .append(time(one.publishedAt(), locale));
            if (one.withdrawnAt() != null) {
                out.append(" · ").append(text("web.page.withdrawn", locale));
            }
            out.append("</p></li>");
        }
        return out.append("</ul></section>").toString();
    }

    /** Whose rules a rehearsal followed. */
    private String rules(String standsFor, Locale locale) {
        return views.text(Rules.of(standsFor), locale);
    }

    private String frozen(FrozenTimes frozen, Locale locale) {
        String every = views.text(Message.of("web.freeze.everywhere"), locale);
        StringBuilder out = new StringBuilder();
        for (Freeze freeze : frozen.standing()) {
            out.append("<p class=\"freeze\" role=\"status\">")
                    .append(escape(views.text(frozen.told(freeze, id -> id, every), locale)))
                    .append("</p>");
        }
        return out.toString();
    }

    private String section(List<Delivery> rows, Tx tx, String title, FrozenTimes frozen, Locale locale) {
        StringBuilder out =
                new StringBuilder("<section><h2>").append(text(title, locale)).append("</h2>");
        if (rows.isEmpty()) {
            return out.append("<p class=\"none\">")
                    .append(text("web.page.none", locale))
                    .append("</p></section>")
                    .toString();
        }
        out.append("<ul>");
        for (Delivery delivery : rows) {
            out.append(row(tx, delivery, frozen, locale));
        }
        return out.append("</ul></section>").toString();
    }

    private String row(Tx tx, Delivery delivery, FrozenTimes frozen, Locale locale) {
        var segments = deliveries.segments(tx, delivery.id());
        String said = segments.isEmpty() ? "" : segments.getFirst().content().text();
        String url = segments.isEmpty() || segments.getFirst().receipt() == null
                ? null
                : segments.getFirst().receipt().url();
        boolean gone = delivery.state() == DeliveryState.DELETED;
        StringBuilder out = new StringBuilder("<li><p class=\"said\">").append(escape(shorten(said)));
        out.append("</p><p class=\"meta\"><strong>")
                .append(escape(delivery.channelId()))
                .append("</strong> · ");
        out.append(text("web.state." + delivery.state().name().toLowerCase(Locale.ROOT), locale));
        out.append(" · ").append(time(delivery.nextAt() == null ? delivery.since() : delivery.nextAt(), locale));
        removals.of(tx, delivery.id()).stream()
                .map(Removal::state)
                .filter(Removal.State::asks)
                .max(Comparator.naturalOrder())
                .ifPresent(state -> out.append(" · <strong>")
                        .append(text(
                                state == Removal.State.REFUSED ? "web.removal.refused" : "web.removal.unknown", locale))
                        .append("</strong>"));
        if (frozen.holding(delivery, segments).isPresent()) {
            out.append(" · <strong>").append(text("web.freeze.falls", locale)).append("</strong>");
        }
        if (gone) {
            return out.append("</p></li>").toString();
        }
        if (url != null && url.startsWith("http")) {
            out.append(" · <a rel=\"noopener noreferrer\" href=\"")
                    .append(escape(url))
                    .append("\">");
            out.append(text("web.page.link", locale)).append("</a>");
        }
        if (delivery.reason() != null) {
            out.append("<br>").append(escape(views.text(delivery.reason(), locale)));
        }
        return out.append("</p></li>").toString();
    }

    private String time(Instant at, Locale locale) {
        return "<time datetime=\"" + at + "\">" + escape(times.text(at, locale)) + "</time>";
    }

    private String text(String code, Locale locale) {
        return escape(views.text(Message.of(code), locale));
    }

    private static String shorten(String text) {
        return text.codePointCount(0, text.length()) <= 200
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 199)) + "…";
    }

    /** The only way in which text reaches the page. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static final String STYLE = """
            :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
            body { margin: 0; background: Canvas; color: CanvasText; }
            main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
            h1 { font-size: 1.6rem; margin: 0 0 1rem; }
            h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
            ul { list-style: none; margin: 0; padding: 0; }
            li { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .6rem 0; }
            p { margin: 0; overflow-wrap: anywhere; }
            .said { white-space: pre-line; }
            .freeze { border-left: 4px solid; padding: .4rem .8rem; margin: 0 0 .6rem; font-weight: 600; }
            .zone { margin-top: 1rem; }
            .meta, .none, footer { font-size: .875rem; opacity: .8; }
            footer { margin-top: 3rem; }
            form label { display: block; margin: .8rem 0 0; }
            form input, form textarea { display: block; box-sizing: border-box; width: 100%; font: inherit; padding: .4rem; }
            form label.check { display: flex; gap: .5rem; align-items: baseline; }
            form label.check input { display: inline; width: auto; flex: none; }
            fieldset { border: 0; padding: 0; margin: .8rem 0 0; }
            a.button { display: inline-block; padding: .5rem 1rem; border: 1px solid; border-radius: .3rem; }
            dt { font-weight: 600; } dd { margin: 0 0 .4rem; overflow-wrap: anywhere; }
            form button { font: inherit; margin: 1rem 0 0; padding: .5rem 1rem; }
            """;
}
