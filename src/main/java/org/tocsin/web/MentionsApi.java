package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.people.Scope;

/** The log of mentions over REST. */
final class MentionsApi {
    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final Json json;

    MentionsApi(UnitOfWork unitOfWork, MentionRepository mentions, Json json) {
        this.unitOfWork = unitOfWork;
        this.mentions = mentions;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/mentions", Scope.READ, this::list),
                Endpoint.get("/api/v1/mentions/:id", Scope.READ, this::one));
    }

    private Response list(Request request) {
        int limit = Paging.limit(request);
        String after = Paging.after(request);
        List<Mention> page = unitOfWork.read(tx -> mentions.page(
                tx, request.actor().branch(), request.query("sourceId").orElse(null), after, limit));
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        page.forEach(mention -> items.add(view(json, mention)));
        node.put("next", page.size() < limit ? null : page.getLast().id());
        return Response.json(200, json.write(node));
    }

    private Response one(Request request) {
        String id = request.param("id");
        Mention mention = unitOfWork
                .read(tx -> mentions.find(tx, request.actor().branch(), id))
                .orElseThrow(() -> FaultException.notFound("heard", id));
        return Response.json(200, json.write(view(json, mention)));
    }

    static ObjectNode view(Json json, Mention mention) {
        HeardItem heard = mention.heard();
        ObjectNode node = json.object();
        node.put("id", mention.id());
        node.put("changeSeq", mention.changeSeq());
        node.put("revision", mention.revision());
        node.put("sourceId", mention.sourceId());
        node.put("nativeId", heard.nativeId());
        node.put("kind", heard.kind().name());
        node.putObject("author")
                .put("name", heard.author().name())
                .put("handle", heard.author().handle())
                .put("url", heard.author().url());
        node.put("title", heard.title());
        node.put("text", heard.text());
        node.put("url", heard.url());
        node.put("language", heard.language());
        Json.put(node, "publishedAt", heard.publishedAt());
        Json.put(node, "heardAt", mention.heardAt());
        ArrayNode tags = node.putArray("tags");
        heard.tags().forEach(tags::add);
        node.putObject("counts")
                .put("likes", heard.counts().likes())
                .put("reposts", heard.counts().reposts())
                .put("replies", heard.counts().replies())
                .put("followers", heard.counts().followers());
        node.put("history", mention.history());
        node.put("deleted", mention.deletedAt() != null);
        return node;
    }
}
