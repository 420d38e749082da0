package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.TableRuns;
import org.tocsin.people.Scope;
import org.tocsin.publishing.ImportPosts;
import org.tocsin.publishing.ImportPosts.Outcome;
import org.tocsin.publishing.ImportPosts.Status;
import org.tocsin.publishing.PostTables;

/** A table of planned posts over REST: gone through beside the request, as at the desk. */
final class ImportApi {
    /** Ten thousand rows of a long text each. */
    private static final long TABLE = 16_000_000;

    private static final String PATH = "/api/v1/posts/import";

    private final PostTables tables;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;

    ImportApi(PostTables tables, IdempotencyKeys keys, Views views, Json json) {
        this.tables = tables;
        this.keys = keys;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("POST", "/api/v1/posts/import", Scope.POST, TABLE, this::bring),
                Endpoint.get("/api/v1/posts/import/:id", Scope.POST, this::seen),
                Endpoint.post("/api/v1/posts/import/:id/stop", Scope.POST, this::stop));
    }

    /** The body of an import, where it is JSON. */
    record ImportBody(@Nullable String csv, @Nullable Boolean dryRun) {}

    private Response bring(Request request) {
        ImportBody body = body(request);
        String csv = body.csv() == null ? "" : body.csv();
        boolean dry = Boolean.TRUE.equals(body.dryRun());
        return dry ? begun(request, csv, true) : keys.once(request, () -> begun(request, csv, false));
    }

    /** The report of a small table is there at once; of another it is told where it will be. */
    private Response begun(Request request, String csv, boolean dry) {
        String id = tables.begin(request.actor(), csv, dry).id();
        tables.settle(request.actor());
        TableRuns.Seen<String, ImportPosts.Report> seen = tables.find(request.actor(), id);
        return Response.json(seen.running() ? 202 : 200, json.write(view(request, seen, 0, Integer.MAX_VALUE)))
                .with("Location", PATH + "/" + id);
    }

    private Response seen(Request request) {
        String after = request.query("after").orElse("0");
        if (!after.matches("\\d{1,9}")) {
            throw FaultException.invalid("/after", Message.of("web.cursor"));
        }
        TableRuns.Seen<String, ImportPosts.Report> seen = tables.find(request.actor(), request.param("id"));
        return Response.json(200, json.write(view(request, seen, Integer.parseInt(after), Paging.limit(request))));
    }

    private Response stop(Request request) {
        return keys.once(request, () -> {
            String id = request.param("id");
            tables.find(request.actor(), id);
            tables.stop(request.actor(), id);
            tables.settle(request.actor());
            return Response.json(
                    200, json.write(view(request, tables.find(request.actor(), id), 0, Paging.limit(request))));
        });
    }

    private ImportBody body(Request request) {
        String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json")) {
            return json.read(request, ImportBody.class);
        }
        try (InputStream in = request.body().open()) {
            boolean dryRun = request.query("dryRun").filter("true"::equals).isPresent();
            return new ImportBody(TextBytes.decode(in.readAllBytes()), dryRun);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param after the row after which the items begin
     * @param most  how many items
     */
    private ObjectNode view(Request request, TableRuns.Seen<String, ImportPosts.Report> seen, int after, int most) {
        ObjectNode node = json.object();
        node.put("id", seen.id());
        node.put("state", seen.running() ? "RUNNING" : seen.failed() ? "FAILED" : "DONE");
        node.put(
                "done",
                seen.report() == null ? seen.done() : seen.report().outcomes().size());
        node.put("total", seen.total());
        node.put("dryRun", seen.dry());
        if (seen.report() != null) {
            report(request, node, seen.report(), after, most);
        }
        return node;
    }

    private void report(Request request, ObjectNode node, ImportPosts.Report report, int after, int most) {
        List<Outcome> outcomes = report.outcomes();
        node.put("stopped", outcomes.size() < report.total());
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        outcomes.forEach(one -> counts.merge(one.status(), 1, Integer::sum));
        for (Status status : Status.values()) {
            node.put(word(status), counts.getOrDefault(status, 0));
        }
        List<Outcome> left = outcomes.stream().filter(one -> one.row() > after).toList();
        List<Outcome> page = left.subList(0, Math.min(most, left.size()));
        ArrayNode items = node.putArray("items");
        page.forEach(one -> view(items.addObject(), one, request.locale()));
        node.put(
                "next",
                page.size() < left.size() ? String.valueOf(page.getLast().row()) : null);
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private void view(ObjectNode node, Outcome one, Locale locale) {
        node.put("row", one.row());
        node.put("status", word(one.status()));
        node.put("postId", one.postId());
        Json.put(node, "dueAt", one.dueAt());
        ArrayNode channels = node.putArray("channels");
        one.channels().forEach(channels::add);
        ArrayNode errors = node.putArray("errors");
        one.faults()
                .forEach(fault -> said(errors.addObject().put("pointer", fault.pointer()), fault.message(), locale));
        ArrayNode warnings = node.putArray("warnings");
        one.warnings().forEach(warning -> said(warnings.addObject(), warning, locale));
    }

    private void said(ObjectNode node, Message message, Locale locale) {
        node.put("code", message.code()).put("message", views.text(message, locale));
    }
}
