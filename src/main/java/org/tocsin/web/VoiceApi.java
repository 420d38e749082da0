package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tocsin.people.Scope;
import org.tocsin.watch.keeping.Voices;

/** Share of voice over REST. */
final class VoiceApi {
    private final Voices voices;
    private final Json json;

    VoiceApi(Voices voices, Json json) {
        this.voices = voices;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/watches/voice", Scope.READ, this::show),
                Endpoint.get("/api/v1/watches/voice.csv", Scope.READ, request -> VoiceCsv.response(look(request))));
    }

    private Voices.Look look(Request request) {
        return voices.of(request.actor(), request.query("from"), request.query("to"), request.query("watches"));
    }

    private Response show(Request request) {
        Voices.Look look = look(request);
        ObjectNode node = json.object();
        node.put("from", look.from().toString());
        node.put("to", look.to().toString());
        ArrayNode items = node.putArray("items");
        for (Voices.Voice voice : look.voices()) {
            ObjectNode item = items.addObject();
            item.put("watchId", voice.watch().id());
            item.put("name", voice.watch().name());
            item.put("mentions", voice.mentions());
            ArrayNode days = item.putArray("days");
            voice.days()
                    .forEach(day -> days.addObject()
                            .put("day", day.day().toString())
                            .put("mentions", day.count().mentions())
                            .put("stories", day.count().stories())
                            .put("authors", day.count().authors()));
            ArrayNode edits = item.putArray("edits");
            voice.edits()
                    .forEach(edit -> edits.addObject()
                            .put("version", edit.version())
                            .put("query", edit.query())
                            .put("savedAt", edit.savedAt().toString())
                            .put("savedBy", edit.savedBy()));
        }
        node.putNull("next");
        return Response.json(200, json.write(node));
    }
}
