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
import org.tocsin.base.Message;
import org.tocsin.people.Scope;
import org.tocsin.publishing.ImportPosts;
import org.tocsin.publishing.ImportPosts.Outcome;
import org.tocsin.publishing.ImportPosts.Status;

/** A table of planned posts over REST. */
final class ImportApi {
    /** Ten thousand rows of a long text each. */
    private static final long TABLE = 16_000_000;

    private final ImportPosts imports;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;

    ImportApi(ImportPosts imports, IdempotencyKeys keys, Views views, Json json) {
        this.imports = imports;
        this.keys = keys;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(new Endpoint("POST", "/api/v1/posts/import", Scope.POST, TABLE, this::bring));
    }

    /** The body of an import, where it is JSON. */
    record ImportBody(@Nullable String csv, @Nullable Boolean dryRun) {}

    private Response bring(Request request) {
        ImportBody body = body(request);
        String csv = body.csv() == null ? "" : body.csv();
        if (Boolean.TRUE.equals(body.dryRun())) {
            return answer(request, imports.look(request.actor(), csv), true);
        }
        return keys.once(request, () -> answer(request, imports.run(request.actor(), csv), false));
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

    private Response answer(Request request, List<Outcome> outcomes, boolean dryRun) {
        ObjectNode node = json.object();
        node.put("dryRun", dryRun);
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        outcomes.forEach(one -> counts.merge(one.status(), 1, Integer::sum));
        for (Status status : Status.values()) {
            node.put(word(status), counts.getOrDefault(status, 0));
        }
        ArrayNode items = node.putArray("items");
        outcomes.forEach(one -> view(items.addObject(), one, request.locale()));
        node.putNull("next");
        return Response.json(200, json.write(node));
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
