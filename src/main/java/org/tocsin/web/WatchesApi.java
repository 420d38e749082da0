package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.recipient.Rhythm;
import org.tocsin.watch.CheckedQuery;
import org.tocsin.watch.Explanation;
import org.tocsin.watch.Finding;
import org.tocsin.watch.Hit;
import org.tocsin.watch.Plain;
import org.tocsin.watch.keeping.Ringing;
import org.tocsin.watch.keeping.Ringings;
import org.tocsin.watch.keeping.Trial;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.Watches;

/** Watches over REST: kept, checked, tried on what was heard, explained. */
final class WatchesApi {
    private static final Duration USUAL = Duration.ofDays(28);

    private final Watches watches;
    private final Trial trial;
    private final Ringings ringings;
    private final Messages messages;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;
    private final Clock clock;

    WatchesApi(
            Watches watches,
            Trial trial,
            Ringings ringings,
            Messages messages,
            IdempotencyKeys keys,
            Views views,
            Json json,
            Clock clock) {
        this.watches = watches;
        this.trial = trial;
        this.ringings = ringings;
        this.messages = messages;
        this.keys = keys;
        this.views = views;
        this.json = json;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/watches", Scope.READ, this::list),
                Endpoint.post("/api/v1/watches", Scope.MANAGE, this::add),
                Endpoint.post("/api/v1/watches/check", Scope.READ, this::check),
                Endpoint.post("/api/v1/watches/test", Scope.READ, this::test),
                Endpoint.post("/api/v1/watches/explain", Scope.READ, this::explain),
                Endpoint.get("/api/v1/watches/:id", Scope.READ, this::one),
                Endpoint.patch("/api/v1/watches/:id", Scope.MANAGE, this::change),
                Endpoint.delete("/api/v1/watches/:id", Scope.MANAGE, this::remove),
                Endpoint.post("/api/v1/watches/:id/snooze", Scope.MANAGE, this::snooze));
    }

    private Response list(Request request) {
        int limit = Paging.limit(request);
        String after = Paging.after(request);
        List<Watch> all = watches.all(request.actor());
        int from = after.isEmpty() ? 0 : all.stream().map(Watch::id).toList().indexOf(after) + 1;
        if (from == 0 && !after.isEmpty()) {
            throw FaultException.invalid("/after", Message.of("web.cursor"));
        }
        List<Watch> page = all.subList(from, Math.min(all.size(), from + limit));
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        page.forEach(watch -> items.add(view(request.actor(), watch, request.locale())));
        node.put("next", from + limit < all.size() ? page.getLast().id() : null);
        return Response.json(200, json.write(node));
    }

    private Response one(Request request) {
        ObjectNode node = view(request.actor(), watches.find(request.actor(), request.param("id")), request.locale());
        ArrayNode versions = node.putArray("versions");
        watches.versions(request.actor(), request.param("id"))
                .forEach(version -> versions.addObject()
                        .put("version", version.version())
                        .put("query", version.query())
                        .put("savedAt", version.savedAt().toString())
                        .put("savedBy", version.savedBy()));
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(Actor actor, Watch watch, Locale locale) {
        ObjectNode node = json.object();
        node.put("id", watch.id());
        node.put("name", watch.name());
        node.put("query", watch.query());
        node.put("enabled", watch.enabled());
        node.put("reason", watch.why());
        put(node, ringings.of(watch.id()));
        Json.put(node, "since", watch.since());
        Json.put(node, "createdAt", watch.createdAt());
        node.put("version", watch.version());
        Message trouble = watches.trouble(watch.id())
                .or(() -> watch.enabled() ? ringings.trouble(actor, watch.id()) : Optional.empty())
                .orElse(null);
        node.put("trouble", trouble == null ? null : views.text(trouble, locale));
        return node;
    }

    private static void put(ObjectNode node, Ringing ringing) {
        ArrayNode recipients = node.putArray("recipients");
        ringing.recipients().forEach(recipients::add);
        node.put("mode", ringing.rhythm().mode().name());
        node.put(
                "count",
                ringing.rhythm().mode() == Rhythm.Mode.AT_N ? ringing.rhythm().count() : null);
        node.put("urgent", ringing.urgent());
        node.put("escalateMinutes", ringing.escalateAfter().toMinutes());
        node.put("muted", ringing.muted());
        Json.put(node, "snoozedUntil", ringing.snoozedUntil());
    }

    /** The body of a watch; {@code version} of the one that is changed. */
    record WatchBody(
            @Nullable String name,
            @Nullable String query,
            @Nullable Boolean enabled,
            @Nullable String reason,
            @Nullable List<String> recipients,
            @Nullable String mode,
            @Nullable Integer count,
            @Nullable Boolean urgent,
            @Nullable Integer escalateMinutes,
            @Nullable Boolean muted,
            @Nullable Boolean sure,
            @Nullable Long version) {
        private Watches.Wanted wanted(@Nullable String id) {
            return new Watches.Wanted(id, name, query, enabled, reason, version);
        }

        private Ringings.Wanted ringing() {
            return new Ringings.Wanted(recipients, mode, count, urgent, escalateMinutes, muted);
        }
    }

    private Response add(Request request) {
        WatchBody body = json.read(request, WatchBody.class);
        return keys.once(request, () -> save(201, request, body, null));
    }

    private Response change(Request request) {
        WatchBody body = json.read(request, WatchBody.class);
        if (body.version() == null) {
            throw FaultException.invalid("/version", Message.of("web.version.missing"));
        }
        return save(200, request, body, request.param("id"));
    }

    private Response save(int status, Request request, WatchBody body, @Nullable String id) {
        Ringings.Wanted ringing = body.ringing();
        // Before anything is saved: a watch that rings for nobody it was meant for is worse than none.
        ringings.check(request.actor(), id, ringing);
        if (body.query() != null && !Boolean.TRUE.equals(body.sure()) && isNew(request.actor(), id, body.query())) {
            trial.doubts(request.actor(), body.query(), reason(request.actor(), body, id))
                    .ifPresent(fault -> {
                        throw new FaultException(FaultException.Kind.INVALID, fault);
                    });
        }
        Watches.Saved saved = watches.save(request.actor(), body.wanted(id), (tx, watch) -> {
            if (!ringing.nothing()) {
                ringings.change(tx, request.actor(), watch.id(), ringing);
            }
        });
        return saved(status, saved, request.actor(), request.locale());
    }

    private @Nullable String reason(Actor actor, WatchBody body, @Nullable String id) {
        return body.reason() != null || id == null
                ? body.reason()
                : watches.find(actor, id).why();
    }

    /** Whoever changes the name of a watch is not asked about its words again. */
    private boolean isNew(Actor actor, @Nullable String id, String query) {
        return id == null || !watches.find(actor, id).query().equals(query);
    }

    /** Until when a watch is silent; null ends that. */
    record SnoozeBody(@Nullable String until) {}

    private Response snooze(Request request) {
        SnoozeBody body = json.read(request, SnoozeBody.class);
        return keys.once(request, () -> {
            ringings.snooze(
                    request.actor(),
                    request.param("id"),
                    instant("/until", body.until()).orElse(null));
            return one(request);
        });
    }

    private Response saved(int status, Watches.Saved saved, Actor actor, Locale locale) {
        ObjectNode node = view(actor, saved.watch(), locale);
        node.set("remarks", findings(saved.remarks(), locale));
        return Response.json(status, json.write(node));
    }

    private ArrayNode findings(List<Finding> findings, Locale locale) {
        ArrayNode array = json.object().putArray("findings");
        findings.forEach(finding -> array.addObject()
                .put("error", finding.error())
                .put("start", finding.start())
                .put("end", finding.end())
                .put("code", finding.message().code())
                .put("message", views.text(finding.message(), locale)));
        return array;
    }

    private Response remove(Request request) {
        watches.remove(request.actor(), request.param("id"), SeenVersion.of(request));
        return Response.empty(204);
    }

    /** Words that are looked at. */
    record CheckBody(@Nullable String query) {}

    private Response check(Request request) {
        CheckBody body = json.read(request, CheckBody.class);
        CheckedQuery checked = watches.check(request.actor(), body.query());
        ObjectNode node = json.object();
        node.put("valid", checked.valid());
        node.set("findings", findings(checked.findings(), request.locale()));
        node.put("plain", checked.query() == null ? null : new Plain(messages, request.locale()).text(checked.query()));
        return Response.json(200, json.write(node));
    }

    /** Words that are tried; the last 28 days where no time is given. */
    record TestBody(
            @Nullable String query,
            @Nullable String from,
            @Nullable String to) {}

    private Response test(Request request) {
        TestBody body = json.read(request, TestBody.class);
        Instant to = instant("/to", body.to()).orElseGet(clock::instant);
        Instant from = instant("/from", body.from()).orElse(to.minus(USUAL));
        Trial.Outcome outcome = trial.test(request.actor(), body.query() == null ? "" : body.query(), from, to);
        ObjectNode node = json.object();
        node.put("read", outcome.read());
        node.put("hits", outcome.hits());
        ArrayNode days = node.putArray("hitsPerDay");
        outcome.days()
                .forEach((day, count) ->
                        days.addObject().put("day", day.toString()).put("count", count));
        ArrayNode samples = node.putArray("samples");
        outcome.samples().forEach(sample -> {
            ObjectNode mention = MentionsApi.view(json, sample.mention());
            mention.set("matches", hits(json, sample.hits()));
            samples.add(mention);
        });
        ArrayNode authors = node.putArray("authors");
        outcome.authors()
                .forEach((author, count) ->
                        authors.addObject().put("author", author).put("count", count));
        ArrayNode words = node.putArray("words");
        outcome.words()
                .forEach((word, count) -> words.addObject().put("word", word).put("count", count));
        node.put("alertsPerWeek", Math.round(outcome.alertsPerWeek() * 10) / 10.0);
        node.put("coveredHours", outcome.hours());
        ArrayNode coverage = node.putArray("coverage");
        outcome.coverage().forEach(one -> {
            ObjectNode covered = coverage.addObject();
            covered.put("sourceId", one.sourceId())
                    .put("from", one.from().toString())
                    .put("to", one.to().toString())
                    .put("complete", one.complete());
            ArrayNode gaps = covered.putArray("gaps");
            one.gaps()
                    .forEach(gap -> gaps.addObject()
                            .put("from", gap.from().toString())
                            .put("to", gap.to().toString()));
        });
        node.put("stopped", outcome.stopped());
        return Response.json(200, json.write(node));
    }

    private static Optional<Instant> instant(String pointer, @Nullable String written) {
        try {
            return Optional.ofNullable(written).map(Instant::parse);
        } catch (DateTimeException unreadable) {
            throw FaultException.invalid(pointer, Message.of("watching.time", "value", written));
        }
    }

    static ArrayNode hits(Json json, List<Hit> hits) {
        ArrayNode array = json.object().putArray("matches");
        hits.forEach(hit -> array.addObject()
                .put("field", hit.field().name().toLowerCase(Locale.ROOT))
                .put("start", hit.start())
                .put("end", hit.end()));
        return array;
    }

    /** Words, or the watch that has them, and the mention that is asked about. */
    record ExplainBody(
            @Nullable String query,
            @Nullable String watchId,
            @Nullable String mentionId) {}

    private Response explain(Request request) {
        ExplainBody body = json.read(request, ExplainBody.class);
        Watch watch = body.watchId() == null ? null : watches.find(request.actor(), body.watchId());
        String given = body.query() == null ? "" : body.query();
        String mention = body.mentionId() == null ? "" : body.mentionId();
        ObjectNode node =
                view(trial.explain(request.actor(), watch == null ? given : watch.query(), mention), request.locale());
        ArrayNode told = node.putArray("told");
        if (watch != null) {
            trial.told(request.actor(), watch, mention)
                    .forEach(one ->
                            told.addObject().put("code", one.code()).put("message", views.text(one, request.locale())));
        }
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(Explanation explanation, Locale locale) {
        ObjectNode node = json.object();
        node.put("clause", explanation.clause());
        node.put("matched", explanation.matched());
        node.put("why", views.text(explanation.why(), locale));
        node.set("matches", hits(json, explanation.hits()));
        ArrayNode parts = node.putArray("parts");
        explanation.parts().forEach(part -> parts.add(view(part, locale)));
        return node;
    }
}
