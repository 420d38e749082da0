package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tocsin.mention.Source;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.people.Scope;
import org.tocsin.search.Facets;
import org.tocsin.search.Found;
import org.tocsin.search.FoundCsv;
import org.tocsin.search.Search;
import org.tocsin.search.Wanted;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.Watches;

/** The search in what was heard over REST, and taking away what was found. */
final class SearchApi {
    private final Search search;
    private final Sources sources;
    private final Watches watches;
    private final ZoneId zone;
    private final Json json;

    /** @param zone of days */
    SearchApi(Search search, Sources sources, Watches watches, ZoneId zone, Json json) {
        this.search = search;
        this.sources = sources;
        this.watches = watches;
        this.zone = zone;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/mentions/search", Scope.READ, this::page),
                Endpoint.get("/api/v1/mentions/search.csv", Scope.READ, this::table),
                Endpoint.get("/api/v1/mentions/search.ndjson", Scope.READ, this::lines));
    }

    private Response page(Request request) {
        Search.Page page = search.page(
                request.actor(),
                SearchWanted.of(request::query, zone),
                request.query("next").orElse(""),
                Paging.limit(request));
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        page.items().forEach(found -> items.add(view(found)));
        node.put("next", page.next());
        ObjectNode facets = node.putObject("facets");
        Facets counted = page.facets();
        Map<String, Integer> days = new LinkedHashMap<>();
        counted.days().forEach((day, count) -> days.put(day.toString(), count));
        put(facets, "network", counted.networks());
        put(facets, "source", counted.sources());
        put(facets, "language", counted.languages());
        put(facets, "tag", counted.tags());
        put(facets, "watch", counted.watches());
        put(facets, "day", days);
        node.putObject("total").put("value", page.total()).put("atLeast", page.atLeast());
        node.put("complete", page.whole());
        return Response.json(200, json.write(node));
    }

    private static void put(ObjectNode facets, String name, Map<String, Integer> counts) {
        ArrayNode values = facets.putArray(name);
        counts.forEach((value, count) -> values.addObject().put("value", value).put("count", count));
    }

    private ObjectNode view(Found found) {
        ObjectNode node = MentionsApi.view(json, found.mention());
        node.set("matches", WatchesApi.hits(json, found.hits()));
        ArrayNode watches = node.putArray("watches");
        found.watches().forEach(hit -> watches.add(hit.watchId()));
        return node;
    }

    private Response table(Request request) {
        Wanted wanted = SearchWanted.of(request::query, zone);
        search.require(request.actor(), wanted);
        FoundCsv csv = new FoundCsv(
                sources.all(request.actor()).stream()
                        .map(Sources.Seen::source)
                        .collect(Collectors.toMap(Source::id, Source::name)),
                watches.all(request.actor()).stream().collect(Collectors.toMap(Watch::id, Watch::name)));
        return Streamed.text("text/csv; charset=utf-8; header=present", "mentions.csv", sink -> {
            sink.add(FoundCsv.header());
            search.export(request.actor(), wanted, found -> sink.add(csv.line(found)));
        });
    }

    private Response lines(Request request) {
        Wanted wanted = SearchWanted.of(request::query, zone);
        search.require(request.actor(), wanted);
        return Streamed.text(
                "application/x-ndjson",
                "mentions.ndjson",
                sink -> search.export(request.actor(), wanted, found -> sink.add(json.write(view(found)) + "\n")));
    }
}
