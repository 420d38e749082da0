package org.tocsin.web.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Messages;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.SetAside;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceState;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.people.Scope;
import org.tocsin.watch.CheckedQuery;
import org.tocsin.watch.Plain;
import org.tocsin.watch.keeping.Alert;
import org.tocsin.watch.keeping.AlertRepository;
import org.tocsin.watch.keeping.Alerts;
import org.tocsin.watch.keeping.Tides;
import org.tocsin.watch.keeping.Trial;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.Watches;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** What is said: alerts first, then the words that are watched, where they are looked for, and all that was heard. */
final class ListenPage {
    private static final int ALERTS = 50;
    /** More would make the page too large for a phone. */
    private static final int WATCHES = 50;

    private static final int MENTIONS = 30;
    private static final String PATH = "/desk/listen";

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final Sources sources;
    private final ChannelRepository channels;
    private final Watches watches;
    private final Tries tries;
    private final Trial trial;
    private final Alerts alerts;
    private final Tides tides;
    private final WatchRings rings;
    private final WorkRows work;
    private final Messages messages;
    private final Templates templates;
    private final Clock clock;

    ListenPage(DeskParts parts, Times times, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.mentions = parts.mentions();
        this.sources = parts.sources();
        this.channels = parts.channels();
        this.watches = parts.watches();
        this.tries = new Tries(parts, times);
        this.trial = parts.trial();
        this.alerts = parts.alerts();
        this.tides = parts.alerting().heard().tides();
        this.rings = new WatchRings(parts);
        this.work = new WorkRows(parts);
        this.messages = parts.messages();
        this.templates = templates;
        this.clock = parts.clock();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/listen", Scope.READ, visit -> show(200, visit, List.of(), null)),
                Route.post("/desk/listen/alerts/:id", Scope.POST, this::seen),
                Route.post("/desk/listen/watches", Scope.MANAGE, this::watch),
                Route.post("/desk/listen/watches/:id", Scope.MANAGE, this::keep),
                Route.post("/desk/listen/work/:id", Scope.READ, work::turn),
                Route.post("/desk/listen/sources", Scope.MANAGE, this::add),
                Route.post("/desk/listen/sources/:id", Scope.MANAGE, this::turn));
    }

    private Response show(int status, Visit visit, List<String> faults, @Nullable TrialSeen tried) {
        return show(status, visit, faults, tried, false);
    }

    /** @param asked whether it is asked if these words are meant */
    private Response show(int status, Visit visit, List<String> faults, @Nullable TrialSeen tried, boolean asked) {
        List<Sources.Seen> all = sources.all(visit.actor());
        Map<String, String> names =
                all.stream().map(Sources.Seen::source).collect(Collectors.toMap(Source::id, Source::name));
        List<Watch> kept = watches.all(visit.actor());
        Map<String, String> called = kept.stream().collect(Collectors.toMap(Watch::id, Watch::name));
        Pages<Watch> shown = Pages.of(
                kept.stream().filter(watch -> named(visit, watch)).toList(),
                visit.query("page").orElse(""),
                WATCHES,
                number -> PATH + "?page=" + number
                        + visit.query("named")
                                .map(text -> "&named=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                                .orElse("")
                        + "#watches");
        List<HeardRow> open = alerts
                .page(
                        visit.actor(),
                        new AlertRepository.Filter(Set.of(Alert.State.OPEN), null, false, true),
                        "",
                        ALERTS)
                .stream()
                .flatMap(alert -> mention(visit, alert.mentionId())
                        .map(one -> row(visit, one, names, alert, called.getOrDefault(alert.watchId(), "")))
                        .stream())
                .toList();
        List<HeardRow> heard =
                unitOfWork.read(tx -> mentions.page(tx, visit.actor().branch(), null, "", MENTIONS)).stream()
                        .map(one -> row(visit, one, names, null, ""))
                        .toList();
        return templates.page(
                status,
                "listen",
                visit,
                "alerts",
                open,
                "watches",
                shown.items().stream().map(watch -> row(visit, watch)).toList(),
                "pages",
                shown.links(),
                "named",
                kept.size() > WATCHES ? visit.query("named").orElse("") : null,
                "sources",
                all.stream().map(one -> row(visit, one)).toList(),
                "types",
                NewSources.of(
                        visit,
                        sources.types(),
                        unitOfWork.read(tx -> channels.all(tx, visit.actor().branch()))),
                "heard",
                heard,
                "recipients",
                rings.choices(visit),
                "faults",
                faults,
                "work",
                work.of(visit),
                "tried",
                tried,
                "asked",
                asked,
                "query",
                visit.form().some("query").or(() -> visit.query("query")).orElse(""));
    }

    private static boolean named(Visit visit, Watch watch) {
        String wanted = visit.query("named").orElse("").toLowerCase(visit.locale());
        return watch.name().toLowerCase(visit.locale()).contains(wanted)
                || watch.query().toLowerCase(visit.locale()).contains(wanted);
    }

    private Optional<Mention> mention(Visit visit, String id) {
        return unitOfWork.read(tx -> mentions.find(tx, visit.actor().branch(), id));
    }

    private HeardRow row(Visit visit, Mention mention, Map<String, String> names, @Nullable Alert alert, String watch) {
        return HeardRows.of(
                visit,
                mention,
                names,
                alert == null ? List.of() : alert.hits(),
                alert == null ? "" : alert.id(),
                watch,
                alert == null ? "" : more(visit, alert, watch));
    }

    private String more(Visit visit, Alert alert, String watch) {
        return tides.told(alert, watch)
                .map(visit::said)
                .orElseGet(() -> alert.more() == 0 ? "" : visit.t("desk.listen.more", "count", alert.more()));
    }

    private WatchRow row(Visit visit, Watch watch) {
        CheckedQuery checked = watches.check(visit.actor(), watch.query());
        return new WatchRow(
                watch.id(),
                watch.name(),
                watch.query(),
                plain(visit, checked),
                watch.enabled(),
                watch.version(),
                watches.trouble(watch.id())
                        .or(() -> watch.enabled() ? rings.trouble(visit, watch.id()) : Optional.empty())
                        .map(visit::said)
                        .orElse(""),
                rings.row(visit, watch.id()));
    }

    private String plain(Visit visit, CheckedQuery checked) {
        return checked.query() == null ? "" : new Plain(messages, visit.locale()).text(checked.query());
    }

    private SourceRow row(Visit visit, Sources.Seen seen) {
        Source source = seen.source();
        boolean listening = source.state() == SourceState.LISTENING;
        String what = source.url() == null ? visit.t("heard.type." + source.type()) : source.url();
        String state = switch (source.state()) {
            case HELD -> visit.t("desk.listen.held");
            case PAUSED -> visit.t("desk.listen.paused");
            case STOPPED -> visit.t("desk.listen.stopped");
            case LISTENING, REMOVED ->
                source.attempts() == 0 ? visit.t("desk.listen.well") : visit.t("desk.listen.failing");
        };
        return new SourceRow(
                source.id(),
                source.name(),
                what,
                listening,
                listening && source.attempts() == 0,
                state,
                source.lastSuccessAt() == null
                        ? visit.t("desk.listen.never")
                        : visit.t(
                                "desk.listen.last",
                                "time",
                                visit.at(source.lastSuccessAt()),
                                "lag",
                                visit.said(source.lagTold(clock.instant()))),
                source.reason() == null ? "" : visit.said(source.reason()),
                seen.gaps().stream()
                        .limit(3)
                        .map(gap -> visit.t("desk.listen.gap", "from", visit.at(gap.from()), "to", visit.at(gap.to())))
                        .toList(),
                seen.aside().isEmpty()
                        ? ""
                        : visit.t(
                                "desk.listen.aside",
                                "count",
                                seen.aside().stream()
                                        .map(SetAside::mentionId)
                                        .distinct()
                                        .count(),
                                "reason",
                                seen.aside().getFirst().reason()),
                source.version());
    }

    private Response seen(Visit visit) {
        alerts.acknowledge(visit.actor(), visit.request().param("id"));
        return Templates.to(PATH, Done.SEEN);
    }

    private Response watch(Visit visit) {
        Form form = visit.form();
        String query = form.get("query");
        try {
            String act = form.act("save", "sure", "try");
            if (act.equals("try")) {
                return show(200, visit, List.of(), tries.of(visit, query));
            }
            Optional<Fault> doubts =
                    act.equals("sure") ? Optional.empty() : trial.doubts(visit.actor(), query, form.get("reason"));
            if (doubts.isPresent()) {
                return show(422, visit, List.of(visit.said(doubts.get().message())), null, true);
            }
            watches.save(
                    visit.actor(),
                    new Watches.Wanted(
                            null,
                            form.some("name").orElse(null),
                            query,
                            null,
                            form.some("reason").orElse(null),
                            null));
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, visit.said(e), null);
        }
        return Templates.to(PATH, Done.WATCHED);
    }

    private Response keep(Visit visit) {
        Form form = visit.form();
        String id = visit.request().param("id");
        String act = form.act("save", "on", "off", "remove", "snooze");
        try {
            switch (act) {
                case "remove" -> watches.remove(visit.actor(), id, form.version());
                case "snooze" -> {
                    rings.snooze(visit, id);
                    return Templates.to(PATH, Done.SNOOZED);
                }
                case "save" -> {
                    rings.check(visit, id);
                    Watch before = watches.find(visit.actor(), id);
                    if (!before.query().equals(form.get("query"))) {
                        trial.doubts(visit.actor(), form.get("query"), before.why())
                                .ifPresent(fault -> {
                                    throw new FaultException(FaultException.Kind.INVALID, fault);
                                });
                    }
                    watches.save(
                            visit.actor(),
                            new Watches.Wanted(
                                    id, form.some("name").orElse(null), form.get("query"), null, null, form.version()));
                    rings.save(visit, id);
                }
                default ->
                    watches.save(
                            visit.actor(), new Watches.Wanted(id, null, null, act.equals("on"), null, form.version()));
            }
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e), null);
        }
        return Templates.to(PATH, act.equals("remove") ? Done.UNWATCHED : Done.WATCHED);
    }

    private Response add(Visit visit) {
        try {
            Sources.Added added = sources.add(visit.actor(), NewSources.wanted(visit.form()));
            return Templates.to(PATH, added.there() ? Done.LISTENED : Done.LISTENING);
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, visit.said(e), null);
        }
    }

    private Response turn(Visit visit) {
        Form form = visit.form();
        String id = visit.request().param("id");
        String act = form.act("on", "off", "remove");
        try {
            if (act.equals("remove")) {
                sources.remove(visit.actor(), id, form.version());
            } else {
                sources.change(visit.actor(), id, form.version(), act.equals("on"), null, null);
            }
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e), null);
        }
        return Templates.to(PATH, Done.SAVED);
    }
}
