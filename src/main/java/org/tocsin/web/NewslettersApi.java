package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.newsletter.Newsletter;
import org.tocsin.newsletter.NewsletterSend;
import org.tocsin.newsletter.Newsletters;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.publishing.Schedule;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber.Reach;

/** Newsletters over REST. */
final class NewslettersApi {
    private final NewsletterParts parts;
    private final Newsletters newsletters;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;
    private final ZoneId zone;

    NewslettersApi(NewsletterParts parts, IdempotencyKeys keys, Views views, Json json, ZoneId zone) {
        this.parts = parts;
        this.newsletters = parts.newsletters();
        this.keys = keys;
        this.views = views;
        this.json = json;
        this.zone = zone;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/newsletters", Scope.READ, this::list),
                Endpoint.post("/api/v1/newsletters", Scope.POST, this::create),
                Endpoint.post("/api/v1/newsletters/of-posts", Scope.POST, this::ofPosts),
                Endpoint.get("/api/v1/newsletters/:id", Scope.READ, this::one),
                Endpoint.patch("/api/v1/newsletters/:id", Scope.POST, this::change),
                Endpoint.delete("/api/v1/newsletters/:id", Scope.POST, this::remove),
                Endpoint.get("/api/v1/newsletters/:id/preview", Scope.READ, this::preview),
                Endpoint.post("/api/v1/newsletters/:id/test", Scope.MANAGE, this::test),
                Endpoint.post("/api/v1/newsletters/:id/send", Scope.MANAGE, this::send),
                Endpoint.post("/api/v1/newsletters/:id/unschedule", Scope.MANAGE, turn(newsletters::unschedule)),
                Endpoint.post("/api/v1/newsletters/:id/pause", Scope.MANAGE, turn(newsletters::pause)),
                Endpoint.post("/api/v1/newsletters/:id/resume", Scope.MANAGE, turn(newsletters::resume)),
                Endpoint.post("/api/v1/newsletters/:id/stop", Scope.MANAGE, turn(newsletters::stop)),
                Endpoint.post("/api/v1/newsletters/:id/unknown", Scope.MANAGE, this::settle));
    }

    private Endpoint.Handler turn(BiFunction<Actor, String, Newsletter> what) {
        return request -> {
            String id = what.apply(request.actor(), request.param("id")).id();
            return shown(200, request, id);
        };
    }

    private Response list(Request request) {
        int limit = Paging.limit(request);
        List<Newsletters.Seen> page = newsletters.page(request.actor(), Paging.after(request), limit);
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        page.forEach(one -> items.add(view(one, request.locale())));
        node.put(
                "next", page.size() < limit ? null : page.getLast().newsletter().id());
        return Response.json(200, json.write(node));
    }

    private Response one(Request request) {
        return shown(200, request, request.param("id"));
    }

    private Response shown(int status, Request request, String id) {
        return Response.json(status, json.write(view(newsletters.find(request.actor(), id), request.locale())));
    }

    /** A text in one language. */
    record TextBody(
            @Nullable String subject,
            @Nullable String preheader,
            @Nullable String body) {}

    /** Whom it goes to; what is not named asks for nothing. */
    record SegmentBody(
            @Nullable Set<String> topics,
            @Nullable Set<String> languages,
            @Nullable Set<String> links,
            @Nullable Set<Reach> reaches) {}

    /** What is to be kept. */
    record Body(
            @Nullable Map<String, TextBody> texts,
            @Nullable String mainLanguage,
            @Nullable SegmentBody segment,
            @Nullable Boolean alsoPost,
            @Nullable Long version) {}

    private static Newsletters.Wanted wanted(Body body, Newsletter before) {
        Map<String, Newsletter.Text> texts = new HashMap<>(before.texts());
        if (body.texts() != null) {
            body.texts()
                    .forEach((language, text) -> texts.put(
                            language,
                            new Newsletter.Text(some(text.subject()), some(text.preheader()), some(text.body()))));
        }
        return new Newsletters.Wanted(
                texts,
                body.mainLanguage() == null ? before.mainLanguage() : body.mainLanguage(),
                body.segment() == null ? before.segment() : segment(body.segment()),
                body.alsoPost() == null ? before.alsoPost() : body.alsoPost(),
                body.version());
    }

    private static String some(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Segment segment(SegmentBody body) {
        return new Segment(some(body.topics()), some(body.languages()), some(body.links()), some(body.reaches()));
    }

    private static <E> Set<E> some(@Nullable Set<E> set) {
        return set == null ? Set.of() : set;
    }

    private Response create(Request request) {
        Body body = json.read(request, Body.class);
        return keys.once(request, () -> {
            Map<String, Newsletter.Text> texts = new HashMap<>();
            if (body.texts() != null) {
                body.texts()
                        .forEach((language, text) -> texts.put(
                                language,
                                new Newsletter.Text(some(text.subject()), some(text.preheader()), some(text.body()))));
            }
            String main = body.mainLanguage() != null
                    ? body.mainLanguage()
                    : texts.size() == 1 ? texts.keySet().iterator().next() : "fr";
            Newsletter created = newsletters.create(
                    request.actor(),
                    new Newsletters.Wanted(
                            texts,
                            main,
                            body.segment() == null ? Segment.ALL : segment(body.segment()),
                            Boolean.TRUE.equals(body.alsoPost()),
                            null));
            return shown(201, request, created.id());
        });
    }

    private Response change(Request request) {
        Body body = json.read(request, Body.class);
        String id = request.param("id");
        Newsletter before = newsletters.find(request.actor(), id).newsletter();
        newsletters.change(request.actor(), id, wanted(body, before));
        return shown(200, request, id);
    }

    private Response remove(Request request) {
        newsletters.remove(request.actor(), request.param("id"));
        return Response.empty(204);
    }

    /** Which posts. */
    record PostsBody(
            @Nullable String since,
            @Nullable String language,
            @Nullable String subject) {}

    private Response ofPosts(Request request) {
        PostsBody body = json.read(request, PostsBody.class);
        return keys.once(request, () -> {
            String language = body.language() == null ? "fr" : body.language();
            Instant since = body.since() == null
                    ? Instant.EPOCH
                    : Schedule.instant("/since", body.since().strip() + "T00:00", zone);
            Newsletter made = parts.digest().draft(request.actor(), since, language, some(body.subject()));
            return shown(201, request, made.id());
        });
    }

    private Response preview(Request request) {
        Newsletters.Preview preview = newsletters.preview(
                request.actor(), request.param("id"), request.query("language").orElse("fr"));
        ObjectNode node = json.object();
        node.put("subject", preview.subject());
        node.put("text", preview.text());
        node.put("html", preview.html());
        return Response.json(200, json.write(node));
    }

    /** Who gets a trial. */
    record TestBody(@Nullable String address, @Nullable String language) {}

    private Response test(Request request) {
        TestBody body = json.read(request, TestBody.class);
        return keys.once(request, () -> {
            ObjectNode node = json.object();
            node.put(
                    "failure",
                    newsletters
                            .test(
                                    request.actor(),
                                    request.param("id"),
                                    body.language() == null ? "fr" : body.language(),
                                    some(body.address()))
                            .map(why -> views.text(why, request.locale()))
                            .orElse(null));
            return Response.json(200, json.write(node));
        });
    }

    /** When it goes out. */
    record SendBody(
            @Nullable Long version,
            @Nullable String at,
            @Nullable String zone) {}

    private Response send(Request request) {
        SendBody body = json.read(request, SendBody.class);
        String id = request.param("id");
        newsletters.send(request.actor(), id, body.version(), body.at(), body.zone());
        return shown(200, request, id);
    }

    /** What becomes of letters of which nobody knows whether they arrived. */
    record SettleBody(boolean again) {}

    private Response settle(Request request) {
        SettleBody body = json.read(request, SettleBody.class);
        String id = request.param("id");
        newsletters.settle(request.actor(), id, body.again());
        return shown(200, request, id);
    }

    private ObjectNode view(Newsletters.Seen seen, Locale locale) {
        Newsletter one = seen.newsletter();
        ObjectNode node = json.object();
        node.put("id", one.id());
        node.put("state", one.state().name());
        reason(node, one.reason(), locale);
        node.put("mainLanguage", one.mainLanguage());
        ObjectNode texts = node.putObject("texts");
        one.texts()
                .forEach((language, text) -> texts.putObject(language)
                        .put("subject", text.subject())
                        .put("preheader", text.preheader())
                        .put("body", text.body()));
        ObjectNode segment = node.putObject("segment");
        one.segment().topics().forEach(segment.putArray("topics")::add);
        one.segment().languages().forEach(segment.putArray("languages")::add);
        one.segment().links().forEach(segment.putArray("links")::add);
        ArrayNode reaches = segment.putArray("reaches");
        new HashSet<>(one.segment().reaches()).forEach(reach -> reaches.add(reach.name()));
        node.put("alsoPost", one.alsoPost());
        Json.put(node, "at", one.at());
        node.put("zone", one.zone());
        ObjectNode counts = node.putObject("counts");
        for (NewsletterSend.State state : NewsletterSend.State.values()) {
            counts.put(state.name(), seen.count(state));
        }
        ObjectNode waiting = node.putObject("waiting");
        seen.waiting().forEach((reach, why) -> waiting.put(reach.name(), views.text(why, locale)));
        node.put("web", one.isPublic() ? parts.composer().webVersion(one) : null);
        Json.put(node, "createdAt", one.createdAt());
        Json.put(node, "startedAt", one.startedAt());
        Json.put(node, "endedAt", one.endedAt());
        node.put("version", one.version());
        return node;
    }

    private void reason(ObjectNode node, @Nullable Message reason, Locale locale) {
        node.put("reason", reason == null ? null : views.text(reason, locale));
        node.put("reasonCode", reason == null ? null : reason.code());
    }
}
