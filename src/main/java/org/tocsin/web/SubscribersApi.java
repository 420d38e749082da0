package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.TableRuns;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.ConsentRegister;
import org.tocsin.subscriber.ImportRuns;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.SubscriberImport;
import org.tocsin.subscriber.Team;

/** Subscribers over REST. An address stands in bodies only: paths and queries end in the logs of proxies. */
final class SubscribersApi {
    /** Of 100,000 lines with an address and a name each. */
    private static final long TABLE = 10_000_000;

    private final SignUps signUps;
    private final Team team;
    private final SubscriberImport imports;
    private final ImportRuns runs;
    private final Views views;
    private final IdempotencyKeys keys;
    private final Json json;

    SubscribersApi(SignUpParts parts, IdempotencyKeys keys, Views views, Json json) {
        this.imports = parts.imports();
        this.runs = parts.runs();
        this.views = views;
        this.signUps = parts.signUps();
        this.team = parts.team();
        this.keys = keys;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/subscribers", Scope.MANAGE, this::list),
                Endpoint.post("/api/v1/subscribers", Scope.POST, this::ask),
                Endpoint.get("/api/v1/subscribers.csv", Scope.ADMIN, this::export),
                new Endpoint("POST", "/api/v1/subscribers/import", Scope.MANAGE, TABLE, this::bringIn),
                Endpoint.get("/api/v1/subscribers/import/:id", Scope.MANAGE, this::imported),
                Endpoint.post("/api/v1/subscribers/import/:id/stop", Scope.MANAGE, this::stopImport),
                Endpoint.get("/api/v1/subscribers/counts", Scope.READ, this::counts),
                Endpoint.get("/api/v1/subscribers/register", Scope.READ, this::verify),
                Endpoint.post("/api/v1/subscribers/find", Scope.MANAGE, this::find),
                Endpoint.get("/api/v1/subscribers/:id", Scope.MANAGE, this::one),
                Endpoint.delete("/api/v1/subscribers/:id", Scope.MANAGE, this::erase),
                Endpoint.post("/api/v1/subscribers/:id/leave", Scope.MANAGE, this::leave),
                Endpoint.post("/api/v1/subscribers/:id/restrict", Scope.MANAGE, request -> restrict(request, true)),
                Endpoint.post("/api/v1/subscribers/:id/release", Scope.MANAGE, request -> restrict(request, false)),
                Endpoint.post("/api/v1/subscribers/:id/correct", Scope.MANAGE, this::correct),
                Endpoint.post("/api/v1/suppressions/remove", Scope.ADMIN, this::lift));
    }

    private Response list(Request request) {
        int limit = Paging.limit(request);
        SubscriberFilter filter = SubscriberFilter.of(request);
        List<Subscriber> page = team.page(
                request.actor(),
                filter.states(),
                filter.segment(),
                request.query("after").orElse(""),
                limit);
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        page.forEach(one -> items.add(SubscriberViews.row(json, one)));
        node.put("next", page.size() < limit ? null : page.getLast().id());
        return Response.json(200, json.write(node)).with("Cache-Control", "no-store");
    }

    /** Somebody who wants to be written to. */
    record AskBody(
            @Nullable String address,
            @Nullable String language,
            @Nullable List<String> topics,
            @Nullable String textId,
            @Nullable String link,
            @Nullable String name) {}

    private Response ask(Request request) {
        AskBody body = json.read(request, AskBody.class);
        // Without a stored key: asking twice is asking once, and what is kept of a request would outlive an erasure.
        signUps.ask(
                request.actor().branch(),
                given(body.address()),
                new SignUps.Wish(
                        Optional.ofNullable(body.language()).orElse("fr"),
                        body.topics() == null ? Set.of() : new HashSet<>(body.topics()),
                        Optional.ofNullable(body.textId()).orElse(""),
                        body.link(),
                        body.name(),
                        Door.API),
                "token:" + request.actor().id());
        // The same whatever is known of the address.
        return Response.json(202, "{}");
    }

    private Response export(Request request) {
        SubscriberFilter filter = SubscriberFilter.of(request);
        boolean raw = request.query("raw").filter("true"::equals).isPresent();
        return Response.text(
                        200,
                        "text/csv; charset=utf-8; header=present",
                        imports.export(request.actor(), filter.states(), filter.segment(), raw))
                .with("Content-Disposition", "attachment; filename=\"subscribers" + (raw ? ".raw" : "") + ".csv\"")
                .with("Cache-Control", "no-store");
    }

    /** The body is the table; what goes with it stands in the query, for it names nobody. */
    private Response bringIn(Request request) {
        String table;
        try (InputStream in = request.body().open()) {
            // As it is, or not at all: a name that was read in another way is spoiled for ever.
            table = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw FaultException.invalid("", Message.of("signup.import.utf8"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SubscriberImport.Wanted wanted = new SubscriberImport.Wanted(
                table,
                request.query("list").map(one -> one.equals("left")).orElse(false),
                request.query("statement").orElse(null),
                on(request, "none"),
                on(request, "dryRun"),
                request.query("file").orElse(null));
        if (request.query("wait").map(one -> one.equals("false")).orElse(false)) {
            return Response.json(202, json.write(view(request, runs.begin(request.actor(), wanted))));
        }
        ObjectNode node = json.object();
        view(request, imports.run(request.actor(), wanted, TableRuns.Progress.NONE), node);
        return Response.json(200, json.write(node));
    }

    private static boolean on(Request request, String name) {
        return request.query(name).map(one -> one.equals("true")).orElse(false);
    }

    private Response imported(Request request) {
        return Response.json(200, json.write(view(request, runs.find(request.actor(), request.param("id")))));
    }

    private Response stopImport(Request request) {
        return keys.once(request, () -> {
            runs.stop(request.actor(), request.param("id"));
            return imported(request);
        });
    }

    private ObjectNode view(Request request, TableRuns.Seen<SubscriberImport.Wanted, SubscriberImport.Report> seen) {
        ObjectNode node = json.object();
        node.put("id", seen.id());
        node.put("state", seen.running() ? "RUNNING" : seen.failed() ? "FAILED" : "DONE");
        node.put("done", seen.done());
        node.put("total", seen.total());
        if (seen.report() != null) {
            view(request, seen.report(), node);
        }
        return node;
    }

    private void view(Request request, SubscriberImport.Report report, ObjectNode node) {
        node.put("added", report.added());
        node.put("there", report.there());
        node.put("kept", report.kept());
        node.put("done", report.done());
        node.put("total", report.total());
        node.put("stopped", report.stopped());
        node.put("dryRun", report.dry());
        node.put("noneLeft", report.none());
        ArrayNode refused = node.putArray("refused");
        ArrayNode lines = node.putArray("lines");
        for (SubscriberImport.Line line : report.lines()) {
            String said = views.text(line.why(), request.locale());
            lines.addObject()
                    .put("line", line.number())
                    .put("status", line.status().name())
                    .put("message", said);
            if (line.status() == SubscriberImport.Status.REFUSED) {
                refused.addObject().put("line", line.number()).put("message", said);
            }
        }
    }

    private Response counts(Request request) {
        ObjectNode node = json.object();
        Map<Subscriber.State, Long> counts = team.counts(request.actor());
        for (Subscriber.State state : Subscriber.State.values()) {
            node.put(state.name(), counts.getOrDefault(state, 0L));
        }
        return Response.json(200, json.write(node));
    }

    private static String given(@Nullable String value) {
        return value == null ? "" : value;
    }

    private Response verify(Request request) {
        ConsentRegister.Verified verified = team.verify(request.actor());
        ObjectNode node = json.object();
        node.put("rows", verified.rows());
        node.put("erased", verified.erased());
        node.put("whole", verified.broken() == 0);
        node.put("firstBroken", verified.broken() == 0 ? null : verified.broken());
        node.put(
                "reason",
                verified.fault() == null ? null : views.text(SubscriberViews.fault(verified), request.locale()));
        return Response.json(200, json.write(node));
    }

    /** @param who an address, or a number of Telegram */
    record FindBody(@Nullable String who) {}

    private Response find(Request request) {
        FindBody body = json.read(request, FindBody.class);
        ObjectNode node = json.object();
        ArrayNode ids = node.putArray("ids");
        team.find(request.actor(), Optional.ofNullable(body.who()).orElse("")).forEach(ids::add);
        return Response.json(200, json.write(node)).with("Cache-Control", "no-store");
    }

    private Response one(Request request) {
        return Response.json(
                        200, json.write(SubscriberViews.data(json, team.data(request.actor(), request.param("id")))))
                .with("Cache-Control", "no-store");
    }

    record ReasonBody(@Nullable String reason) {}

    private Response erase(Request request) {
        ReasonBody body = request.size() == 0 ? new ReasonBody(null) : json.read(request, ReasonBody.class);
        team.erase(request.actor(), request.param("id"), body.reason());
        return Response.json(200, "{}");
    }

    private Response leave(Request request) {
        ReasonBody body = json.read(request, ReasonBody.class);
        return keys.once(request, () -> {
            team.leave(request.actor(), request.param("id"), body.reason());
            return Response.json(200, "{}");
        });
    }

    private Response restrict(Request request, boolean restricted) {
        ReasonBody body = json.read(request, ReasonBody.class);
        return keys.once(request, () -> {
            team.restrict(request.actor(), request.param("id"), restricted, body.reason());
            return Response.json(200, "{}");
        });
    }

    record AddressBody(@Nullable String address, @Nullable String reason) {}

    private Response correct(Request request) {
        AddressBody body = json.read(request, AddressBody.class);
        // Without a stored key: asking twice is asking once, and a hash of the body could be tried for an address.
        team.correct(request.actor(), request.param("id"), given(body.address()));
        return Response.json(202, "{}");
    }

    private Response lift(Request request) {
        AddressBody body = json.read(request, AddressBody.class);
        team.lift(request.actor(), given(body.address()), body.reason());
        return Response.json(200, "{}");
    }
}
