package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.Annotation;
import org.tocsin.audience.AudienceCsv;
import org.tocsin.audience.AudienceDue;
import org.tocsin.audience.AudienceRepository.Imported;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.Growth;
import org.tocsin.audience.Period;
import org.tocsin.audience.keeping.Annotations;
import org.tocsin.audience.keeping.AudienceImport;
import org.tocsin.audience.keeping.Audiences;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;

/** Followers over REST: figures, growth, the table in and out, annotations. */
final class AudienceApi {
    /** A hundred thousand rows of the usual length. */
    private static final long TABLE = 5_000_000;
    /** Faults that are told in one answer. */
    private static final int TOLD = 200;

    private final Audiences audiences;
    private final AudienceImport importer;
    private final Annotations annotations;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;

    AudienceApi(
            Audiences audiences,
            AudienceImport importer,
            Annotations annotations,
            IdempotencyKeys keys,
            Views views,
            Json json) {
        this.audiences = audiences;
        this.importer = importer;
        this.annotations = annotations;
        this.keys = keys;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/audience", Scope.READ, this::list),
                Endpoint.get("/api/v1/audience.csv", Scope.READ, this::table),
                new Endpoint("POST", "/api/v1/audience/import", Scope.MANAGE, TABLE, this::bring),
                Endpoint.get("/api/v1/audience/annotations", Scope.READ, this::annotations),
                Endpoint.post("/api/v1/audience/annotations", Scope.MANAGE, this::annotate),
                Endpoint.delete("/api/v1/audience/annotations/:id", Scope.MANAGE, this::strike));
    }

    private Period period(Request request) {
        return audiences.period(request.query("from"), request.query("to"));
    }

    private Response list(Request request) {
        Period period = period(request);
        ObjectNode node = json.object();
        node.put("from", period.from().toString());
        node.put("to", period.to().toString());
        Period against = audiences.against(
                period, request.query("compare"), request.query("compareFrom"), request.query("compareTo"));
        node.putObject("compared")
                .put("from", against.from().toString())
                .put("to", against.to().toString());
        ArrayNode items = node.putArray("items");
        audiences
                .of(request.actor(), period, against, request.query("channelId"))
                .forEach(one -> items.add(view(one, request.locale())));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(Audiences.Of of, Locale locale) {
        ObjectNode node = json.object();
        node.put("channelId", of.channel().id());
        node.put("name", of.title() == null ? of.channel().name() : views.text(of.title(), locale));
        node.put("network", of.channel().network());
        node.set("latest", of.latest() == null ? null : view(of.latest()));
        node.set("growth", view(of.growth()));
        node.set("before", view(of.before()));
        AudienceDue due = of.due();
        node.put("nextAt", due == null ? null : due.nextAt().toString());
        Message reason = due == null ? null : due.reason();
        node.put("reason", reason == null ? null : views.text(reason, locale));
        node.put("reasonCode", reason == null ? null : reason.code());
        ArrayNode days = node.putArray("days");
        of.days().forEach(day -> days.add(view(day)));
        return node;
    }

    private ObjectNode view(AudienceSnapshot snapshot) {
        ObjectNode node = json.object();
        node.put("day", snapshot.day().toString());
        node.put("followers", snapshot.followers());
        node.put("origin", snapshot.origin().name());
        Json.put(node, "takenAt", snapshot.takenAt());
        return node;
    }

    private @Nullable ObjectNode view(@Nullable Growth growth) {
        if (growth == null) {
            return null;
        }
        ObjectNode node = json.object();
        node.put("from", growth.opening().day().toString());
        node.put("to", growth.closing().day().toString());
        node.put("net", growth.net());
        node.put(
                "percent",
                growth.percent().isPresent() ? Math.round(growth.percent().getAsDouble() * 100) / 100.0 : null);
        return node;
    }

    /** Without days, all that there is. */
    private Response table(Request request) {
        boolean all = request.query("from").isEmpty() && request.query("to").isEmpty();
        LocalDate from = all ? LocalDate.EPOCH : period(request).from();
        LocalDate to = all ? audiences.today() : period(request).to();
        String table = AudienceCsv.write(audiences.figures(request.actor(), from, to, request.query("channelId")));
        return Response.text(200, "text/csv; charset=utf-8; header=present", table)
                .with("Content-Disposition", "attachment; filename=\"audience.csv\"");
    }

    private Response bring(Request request) {
        return keys.once(request, () -> {
            AudienceImport.Report report = importer.run(
                    request.actor(),
                    text(request),
                    request.locale().getLanguage().equals("fr"));
            ObjectNode node = json.object();
            node.put("rows", report.rows());
            for (Imported outcome : Imported.values()) {
                node.put(outcome.name().toLowerCase(Locale.ROOT), report.count(outcome));
            }
            node.put("refused", report.refused());
            node.put("order", report.order() == null ? null : views.text(report.order(), request.locale()));
            ArrayNode problems = node.putArray("problems");
            report.problems().stream()
                    .limit(TOLD)
                    .forEach(problem -> problems.addObject()
                            .put("line", problem.line())
                            .put("code", problem.why().code())
                            .put("message", views.text(problem.why(), request.locale())));
            return Response.json(200, json.write(node));
        });
    }

    private static String text(Request request) {
        try (InputStream in = request.body().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response annotations(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        annotations.of(request.actor(), period(request)).forEach(one -> items.add(view(one)));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(Annotation annotation) {
        ObjectNode node = json.object();
        node.put("id", annotation.id());
        node.put("day", annotation.day().toString());
        node.put("kind", annotation.kind().name());
        node.put("text", annotation.text());
        Json.put(node, "createdAt", annotation.createdAt());
        node.put("version", annotation.version());
        return node;
    }

    /** The body of an annotation; {@code id} and {@code version} of the one that is changed. */
    record AnnotationBody(
            @Nullable String id,
            @Nullable String day,
            @Nullable String kind,
            @Nullable String text,
            @Nullable Long version) {}

    private Response annotate(Request request) {
        AnnotationBody body = json.read(request, AnnotationBody.class);
        return keys.once(request, () -> {
            Annotation saved = annotations.save(
                    request.actor(),
                    new Annotations.Wanted(body.id(), body.day(), body.kind(), body.text(), body.version()));
            return Response.json(201, json.write(view(saved)));
        });
    }

    private Response strike(Request request) {
        annotations.remove(request.actor(), request.param("id"), Optional.ofNullable(SeenVersion.of(request)));
        return Response.empty(204);
    }
}
