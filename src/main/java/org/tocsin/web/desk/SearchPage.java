package org.tocsin.web.desk;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Messages;
import org.tocsin.mention.Source;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.people.Scope;
import org.tocsin.search.Facets;
import org.tocsin.search.Found;
import org.tocsin.search.FoundCsv;
import org.tocsin.search.Search;
import org.tocsin.search.Wanted;
import org.tocsin.watch.CheckedQuery;
import org.tocsin.watch.Finding;
import org.tocsin.watch.Plain;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.WatchHit;
import org.tocsin.watch.keeping.Watches;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;
import org.tocsin.web.SearchWanted;
import org.tocsin.web.Streamed;

/** Finds again what was heard. */
final class SearchPage {
    private static final int AT_ONCE = 20;
    private static final String PATH = "/desk/search";

    private final Search search;
    private final Sources sources;
    private final Watches watches;
    private final Messages messages;
    private final ZoneId zone;
    private final Times times;
    private final Templates templates;

    SearchPage(DeskParts parts, Times times, Templates templates) {
        this.search = parts.search();
        this.sources = parts.sources();
        this.watches = parts.watches();
        this.messages = parts.messages();
        this.zone = parts.zone();
        this.times = times;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/search", Scope.READ, this::show),
                Route.get("/desk/search/table", Scope.READ, this::table));
    }

    private Response show(Visit visit) {
        SearchAddress address = SearchAddress.of(visit);
        try {
            Wanted wanted = SearchWanted.of(visit::query, zone);
            Search.Page page =
                    search.page(visit.actor(), wanted, visit.query("next").orElse(""), AT_ONCE);
            return page(200, visit, address, List.of(), page, search.check(visit.actor(), wanted));
        } catch (FaultException e) {
            return page(Problems.status(e.kind()), visit, address, visit.said(e), null, null);
        }
    }

    private Response page(
            int status,
            Visit visit,
            SearchAddress address,
            List<String> faults,
            Search.@Nullable Page page,
            @Nullable CheckedQuery checked) {
        boolean words = !address.get("q").isBlank() && checked != null && checked.query() != null;
        return templates.page(
                status,
                "search",
                visit,
                "faults",
                faults,
                "address",
                address.parameters(),
                "plain",
                words ? new Plain(messages, visit.locale()).text(checked.query()) : "",
                "remarks",
                words
                        ? checked.findings().stream()
                                .filter(finding -> !finding.error())
                                .map(Finding::message)
                                .map(visit::said)
                                .toList()
                        : List.of(),
                "total",
                page == null ? "" : total(visit, page),
                "building",
                page != null && !page.whole(),
                "stories",
                page == null ? List.of() : stories(visit, page.items()),
                "facets",
                page == null ? List.of() : facets(visit, address, page.facets()),
                "orders",
                orders(visit, address),
                "next",
                page == null || page.next() == null
                        ? ""
                        : address.with("next", page.next()).at(PATH),
                "table",
                address.at(PATH + "/table"),
                "watch",
                address.watch().isEmpty()
                        ? ""
                        : new SearchAddress(Map.of("query", address.watch())).at("/desk/listen") + "#new");
    }

    private static String total(Visit visit, Search.Page page) {
        return page.atLeast()
                ? visit.t("desk.search.total.least", "count", page.total())
                : visit.t("desk.search.total", "count", page.total());
    }

    private static List<FacetLink> orders(Visit visit, SearchAddress address) {
        boolean relevance = address.get("sort").equals("relevance");
        return List.of(
                new FacetLink(
                        visit.t("desk.search.newest"),
                        0,
                        address.with("sort", "").at(PATH),
                        !relevance),
                new FacetLink(
                        visit.t("desk.search.relevance"),
                        0,
                        address.with("sort", "relevance").at(PATH),
                        relevance));
    }

    private Map<String, String> names(Visit visit) {
        return sources.all(visit.actor()).stream()
                .map(Sources.Seen::source)
                .collect(Collectors.toMap(Source::id, Source::name));
    }

    private Map<String, String> called(Visit visit) {
        return watches.all(visit.actor()).stream().collect(Collectors.toMap(Watch::id, Watch::name));
    }

    /** What comes one after the other and tells the same is one story. */
    private List<StoryRow> stories(Visit visit, List<Found> items) {
        Map<String, String> names = names(visit);
        Map<String, String> called = called(visit);
        List<StoryRow> stories = new ArrayList<>();
        for (int at = 0; at < items.size(); ) {
            int end = at + 1;
            while (end < items.size() && isSame(items.get(end - 1), items.get(end))) {
                end++;
            }
            int others = end - at - 1;
            stories.add(new StoryRow(
                    row(visit, items.get(at), names, called),
                    others == 0 ? "" : visit.t("desk.listen.more", "count", others),
                    items.subList(at + 1, end).stream()
                            .map(one -> row(visit, one, names, called))
                            .toList()));
            at = end;
        }
        return stories;
    }

    private static boolean isSame(Found one, Found other) {
        return one.stories().stream().anyMatch(other.stories()::contains)
                || one.watches().stream()
                        .map(WatchHit::storyId)
                        .anyMatch(story -> other.watches().stream()
                                .anyMatch(hit -> hit.storyId().equals(story)));
    }

    private static HeardRow row(Visit visit, Found found, Map<String, String> names, Map<String, String> called) {
        String by = found.watches().stream()
                .map(hit -> called.getOrDefault(hit.watchId(), ""))
                .filter(name -> !name.isEmpty())
                .sorted()
                .collect(Collectors.joining(" · "));
        return HeardRows.of(visit, found.mention(), names, found.hits(), "", by, "");
    }

    /** What people hand in themselves comes from no network. */
    private static String network(Visit visit, String id) {
        return switch (id) {
            case "entry" -> visit.t("heard.type.entry");
            case "webhook" -> visit.t("heard.type.webhook");
            default -> visit.network(id);
        };
    }

    /** @return what a language is called; its tag where it has no name */
    static String language(String tag, Locale locale) {
        String name = Locale.forLanguageTag(tag).getDisplayLanguage(locale);
        return name.isEmpty() ? tag : name;
    }

    private List<FacetGroup> facets(Visit visit, SearchAddress address, Facets facets) {
        Map<String, String> names = names(visit);
        Map<String, String> called = called(visit);
        List<FacetGroup> groups = new ArrayList<>();
        add(groups, visit.t("desk.search.network"), "network", facets.networks(), address, id -> network(visit, id));
        add(
                groups,
                visit.t("desk.search.source"),
                "source",
                facets.sources(),
                address,
                id -> names.getOrDefault(id, id));
        add(
                groups,
                visit.t("desk.search.language"),
                "language",
                facets.languages(),
                address,
                tag -> language(tag, visit.locale()));
        add(groups, visit.t("desk.search.tag"), "tag", facets.tags(), address, tag -> "#" + tag);
        Map<String, Integer> kept = new LinkedHashMap<>();
        facets.watches().forEach((id, count) -> {
            if (called.containsKey(id)) {
                kept.put(id, count);
            }
        });
        add(groups, visit.t("desk.search.watch"), "watch", kept, address, id -> called.getOrDefault(id, id));
        days(visit, groups, facets.days(), address);
        return groups;
    }

    private static void add(
            List<FacetGroup> groups,
            String title,
            String name,
            Map<String, Integer> counts,
            SearchAddress address,
            Function<String, String> label) {
        String chosen = address.get(name);
        if (counts.isEmpty() && chosen.isEmpty()) {
            return;
        }
        List<FacetLink> links = new ArrayList<>();
        if (!chosen.isEmpty()) {
            links.add(new FacetLink(
                    label.apply(chosen),
                    counts.getOrDefault(chosen, 0),
                    address.with(name, "").at(PATH),
                    true));
        }
        counts.forEach((value, count) -> {
            if (!value.equals(chosen)) {
                links.add(new FacetLink(
                        label.apply(value), count, address.with(name, value).at(PATH), false));
            }
        });
        groups.add(new FacetGroup(title, links));
    }

    private void days(Visit visit, List<FacetGroup> groups, Map<LocalDate, Integer> days, SearchAddress address) {
        if (days.isEmpty()) {
            return;
        }
        groups.add(new FacetGroup(
                visit.t("desk.search.day"),
                days.entrySet().stream()
                        .limit(AT_ONCE)
                        .map(one -> {
                            String day = one.getKey().toString();
                            boolean chosen = address.get("from").equals(day)
                                    && address.get("to").equals(day);
                            String only = chosen ? "" : day;
                            return new FacetLink(
                                    times.day(one.getKey(), visit.locale()),
                                    one.getValue(),
                                    address.with("from", only).with("to", only).at(PATH),
                                    chosen);
                        })
                        .toList()));
    }

    private Response table(Visit visit) {
        Wanted wanted = SearchWanted.of(visit::query, zone);
        search.require(visit.actor(), wanted);
        FoundCsv csv = new FoundCsv(names(visit), called(visit));
        return Streamed.text("text/csv; charset=utf-8; header=present", "mentions.csv", sink -> {
            sink.add(FoundCsv.header());
            search.export(visit.actor(), wanted, found -> sink.add(csv.line(found)));
        });
    }
}
