package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.FaultException;
import org.tocsin.people.AuditProof;
import org.tocsin.people.Scope;

/** What those ask for who look after security: whom to tell (RFC 9116), what this build is made of (CycloneDX), whether the audit trail is whole. */
final class SecurityApi {
    /** Under a year, as RFC 9116 asks for; counted from when it is read, so that a server that runs never has an old one. */
    private static final Duration VALID = Duration.ofDays(180);
    /** Made by the build, of what the jar holds. */
    private static final String SBOM = "/META-INF/sbom/tocsin.cdx.json";

    private final String contact;
    private final Optional<URI> publicUrl;
    private final AuditProof proof;
    private final Views views;
    private final Json json;
    private final Clock clock;

    /** @param contact an address of mail or of a page; empty for none */
    SecurityApi(String contact, Optional<URI> publicUrl, AuditProof proof, Views views, Json json, Clock clock) {
        this.contact = contact;
        this.publicUrl = publicUrl;
        this.proof = proof;
        this.views = views;
        this.json = json;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/.well-known/security.txt", null, request -> contact()),
                Endpoint.get("/api/v1/sbom", Scope.ADMIN, request -> parts()),
                Endpoint.get("/api/v1/audit/verify", Scope.ADMIN, this::verify));
    }

    private Response contact() {
        if (contact.isBlank()) {
            throw FaultException.notFound("contact", "security.txt");
        }
        String one = contact.strip();
        StringBuilder text = new StringBuilder("Contact: ")
                .append(one.contains(":") ? one : one.contains("@") ? "mailto:" + one : "https://" + one)
                .append("\nExpires: ")
                .append(clock.instant().plus(VALID).truncatedTo(ChronoUnit.DAYS))
                .append("\nPreferred-Languages: fr, en\n");
        publicUrl.ifPresent(url -> text.append("Canonical: ")
                .append(url.toString().replaceAll("/+$", ""))
                .append("/.well-known/security.txt\n"));
        return Response.text(200, "text/plain; charset=utf-8", text.toString());
    }

    private Response parts() {
        try (InputStream in = SecurityApi.class.getResourceAsStream(SBOM)) {
            if (in == null) {
                throw FaultException.notFound("sbom", "tocsin.cdx.json");
            }
            return new Response(200, "application/vnd.cyclonedx+json; version=1.6", Map.of(), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response verify(Request request) {
        AuditProof.Verified verified = proof.verify();
        ObjectNode node = json.object();
        node.put("whole", verified.firstBroken() == 0);
        node.put("rows", verified.rows());
        node.put("checkpoints", verified.checkpoints());
        node.put("firstBroken", verified.firstBroken() == 0 ? null : verified.firstBroken());
        node.put("reason", verified.why() == null ? null : views.text(verified.why(), request.locale()));
        node.put("publicKey", verified.key());
        return Response.json(200, json.write(node));
    }
}
