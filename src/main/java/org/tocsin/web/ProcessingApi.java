package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;

/** The register of processing over REST. */
final class ProcessingApi {
    private final ProcessingRegister register;
    private final Json json;

    ProcessingApi(SignUpParts parts, Json json) {
        this.register = parts.processing();
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/privacy/register", Scope.READ, this::show));
    }

    private Response show(Request request) {
        Locale locale = request.query("language").map(ProcessingApi::locale).orElseGet(request::locale);
        ObjectNode node = json.object();
        node.put("language", locale.getLanguage());
        node.put("title", register.title(locale));
        ArrayNode sections = node.putArray("sections");
        for (ProcessingRegister.Section section : register.sections(locale)) {
            ArrayNode entries =
                    sections.addObject().put("title", section.title()).putArray("entries");
            section.entries()
                    .forEach(entry ->
                            entries.addObject().put("label", entry.label()).put("text", entry.text()));
        }
        node.put("text", register.text(locale));
        return Response.json(200, json.write(node));
    }

    private static Locale locale(String language) {
        if (!language.equals("fr") && !language.equals("en")) {
            throw FaultException.invalid("/language", Message.of("signup.language.unknown"));
        }
        return Locale.forLanguageTag(language);
    }
}
