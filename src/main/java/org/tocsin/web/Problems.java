package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;

/** Faults as problem details (RFC 9457). */
public final class Problems {
    private final Messages messages;
    private final Json json;

    Problems(Messages messages, Json json) {
        this.messages = messages;
        this.json = json;
    }

    Response of(FaultException e, Locale locale) {
        int status = status(e.kind());
        ObjectNode problem = json.object();
        problem.put("type", "about:blank");
        problem.put(
                "title",
                messages.text(Message.of("web.problem." + e.kind().name().toLowerCase(Locale.ROOT)), locale));
        problem.put("status", status);
        problem.put("detail", messages.text(e.faults().getFirst().message(), locale));
        ArrayNode errors = problem.putArray("errors");
        for (Fault fault : e.faults()) {
            ObjectNode error = errors.addObject();
            error.put("pointer", fault.pointer());
            error.put("code", fault.message().code());
            error.put("message", messages.text(fault.message(), locale));
            error.put("limit", fault.limit());
            error.put("actual", fault.actual());
        }
        Response response = Response.text(status, "application/problem+json", json.write(problem));
        return e.kind() == Kind.UNAUTHENTICATED ? response.with("WWW-Authenticate", "Bearer") : response;
    }

    /** An error of ours: nothing of it is told, but that it is in the log. */
    Response internal(Locale locale) {
        ObjectNode problem = json.object();
        problem.put("type", "about:blank");
        problem.put("title", messages.text(Message.of("web.problem.internal"), locale));
        problem.put("status", 500);
        problem.putArray("errors");
        return Response.text(500, "application/problem+json", json.write(problem));
    }

    /** What a path cannot be asked (RFC 9110, 15.5.6). */
    Response notAllowed(String methods, Locale locale) {
        Message said = Message.of("web.method", "methods", methods);
        ObjectNode problem = json.object();
        problem.put("type", "about:blank");
        problem.put("title", messages.text(Message.of("web.problem.method"), locale));
        problem.put("status", 405);
        problem.put("detail", messages.text(said, locale));
        problem.putArray("errors")
                .addObject()
                .put("pointer", "")
                .put("code", said.code())
                .put("message", messages.text(said, locale));
        return Response.text(405, "application/problem+json", json.write(problem))
                .with("Allow", methods);
    }

    /** @return the status of an answer */
    public static int status(Kind kind) {
        return switch (kind) {
            case INVALID, KEY_REUSED -> 422;
            case MALFORMED -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case TOO_MANY -> 429;
            case UPSTREAM -> 502;
            case STORAGE -> 507;
        };
    }
}
