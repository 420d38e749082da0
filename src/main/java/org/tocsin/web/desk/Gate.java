package org.tocsin.web.desk;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.people.SignIn;
import org.tocsin.web.Problems;
import org.tocsin.web.Request;
import org.tocsin.web.Response;

/**
 * The one way to the pages. It lets nobody through over plain http from elsewhere, nothing with an effect that does not come from a page
 * of ours and carries its token, and nobody to what his role does not allow.
 */
final class Gate {
    private final UnitOfWork unitOfWork;
    private final Waiting waiting;
    private final SignIn signIn;
    private final Messages messages;
    private final ChannelRepository channels;
    private final Times times;
    private final Templates templates;
    private final Optional<URI> publicUrl;
    private final Repeats repeats;
    private final Failures failures;

    Gate(
            UnitOfWork unitOfWork,
            Waiting waiting,
            ChannelRepository channels,
            SignIn signIn,
            Messages messages,
            Times times,
            Templates templates,
            Optional<URI> publicUrl) {
        this.unitOfWork = unitOfWork;
        this.waiting = waiting;
        this.channels = channels;
        this.signIn = signIn;
        this.messages = messages;
        this.times = times;
        this.templates = templates;
        this.publicUrl = publicUrl;
        this.repeats = new Repeats();
        this.failures = new Failures(templates);
    }

    Response pass(Route route, Request request) {
        Place place = Place.of(request, publicUrl);
        Visit stranger = new Visit(request, place, Form.EMPTY, null, messages, times, 0, Map.of());
        return failures.guard(stranger, "error", route.path(), () -> let(route, request, place, stranger));
    }

    private Response let(Route route, Request request, Place place, Visit stranger) {
        if (place.kind() == Place.Kind.OPEN) {
            String address = publicUrl
                    .filter(url -> "https".equalsIgnoreCase(url.getScheme()))
                    .map(url -> url.toString().replaceAll("/+$", "") + "/desk")
                    .orElse("");
            return templates.page(403, "https", stranger, "address", address);
        }
        // What a page asks by itself is no sign that somebody is there, or a forgotten page would never sign out.
        boolean byItself = request.header("x-live").isPresent()
                || request.header("accept").filter("text/event-stream"::equals).isPresent();
        Optional<SignIn.Signed> signed =
                place.session(request).flatMap(id -> byItself ? signIn.look(id) : signIn.find(id));
        Visit visit = visit(request, place, Form.EMPTY, signed.orElse(null));
        return failures.guard(
                visit, "error", route.path(), () -> answer(route, request, place, stranger, signed, visit));
    }

    private Response answer(
            Route route, Request request, Place place, Visit stranger, Optional<SignIn.Signed> signed, Visit visit) {
        try {
            if (route.scope() != null && signed.isEmpty()) {
                return route.method().equals("GET")
                        ? Templates.to(Next.door(request))
                        : templates.page(401, "over", visit, "typed", Typed.of(request, place));
            }
            if (route.scope() != null && !visit.may(route.scope().name())) {
                throw forbidden("desk.role");
            }
            if (route.method().equals("GET")) {
                return route.page().answer(visit);
            }
            Visit sent = visit(request, place, checked(request, place, stranger.csrf()), signed.orElse(null));
            return repeats.once(sent, () -> route.page().answer(sent));
        } catch (FaultException e) {
            return templates.page(Problems.status(e.kind()), "error", visit, "faults", visit.said(e));
        }
    }

    /** @return the form, where it came from a page of ours: two checks, of which either would do in a browser that is up to date */
    private static Form checked(Request request, Place place, String token) {
        if (!place.sent(request)) {
            throw forbidden("desk.origin");
        }
        Form form = Form.read(request);
        // Where there is no session there is nothing to ride on, and the token is empty.
        if (!same(form.get("csrf"), token)) {
            throw forbidden("desk.csrf");
        }
        return form;
    }

    /**
     * An upload is let in by its headers alone, before its body is read.
     *
     * @throws FaultException UNAUTHENTICATED, FORBIDDEN
     */
    void admit(Route route, Request request) {
        entered(route, request);
    }

    /** An upload that has been let in, once more: what was signed in may have ended while it came. */
    Response take(Route route, Request request) {
        Visit visit = entered(route, request);
        return failures.guard(visit, "part", route.path(), () -> {
            try {
                return route.page().answer(visit);
            } catch (FaultException e) {
                return templates.page(Problems.status(e.kind()), "part", visit, "faults", visit.said(e));
            }
        });
    }

    private Visit entered(Route route, Request request) {
        Place place = Place.of(request, publicUrl);
        Optional<SignIn.Signed> signed = place.kind() == Place.Kind.OPEN
                ? Optional.empty()
                : place.session(request).flatMap(signIn::find);
        if (signed.isEmpty()) {
            throw new FaultException(Kind.UNAUTHENTICATED, Fault.at("", Message.of("desk.session.over")));
        }
        Visit visit = visit(request, place, Form.EMPTY, signed.get());
        if (route.scope() == null || !visit.may(route.scope().name())) {
            throw forbidden("desk.role");
        }
        if (!place.sent(request)) {
            throw forbidden("desk.origin");
        }
        if (!same(request.header("x-csrf").orElse(""), visit.csrf())) {
            throw forbidden("desk.csrf");
        }
        return visit;
    }

    private static boolean same(String given, String token) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private Visit visit(Request request, Place place, Form form, SignIn.@Nullable Signed signed) {
        return signed == null
                ? new Visit(request, place, form, null, messages, times, 0, Map.of())
                : unitOfWork.read(tx -> new Visit(
                        request,
                        place,
                        form,
                        signed,
                        messages,
                        times,
                        waiting.of(tx, signed.user()),
                        channels.all(tx, signed.user().branch()).stream()
                                .collect(Collectors.toMap(Channel::id, Channel::name))));
    }

    private static FaultException forbidden(String code) {
        return new FaultException(Kind.FORBIDDEN, Fault.at("", Message.of(code)));
    }
}
