package org.tocsin.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.BranchId;
import org.tocsin.base.Messages;
import org.tocsin.people.Actor;
import org.tocsin.web.Request;
import org.tocsin.web.Response;

/** Whatever goes wrong, a person sees a page in his language, with what finds the line of the log. */
class FailuresTest {
    private final Messages messages = new Messages(ZoneOffset.UTC);
    private final Failures failures = new Failures(new Templates());

    private Visit visit(Locale locale) {
        Request request = new Request(
                "GET",
                "/desk",
                Map.of(),
                Map.of(),
                Map.of("host", "localhost:8080"),
                () -> new ByteArrayInputStream(new byte[0]),
                0,
                new Actor("anyone", BranchId.MAIN, Set.of()),
                locale,
                true,
                "127.0.0.1");
        return new Visit(
                request,
                Place.of(request, Optional.<URI>empty()),
                Form.EMPTY,
                null,
                messages,
                new Times(Clock.systemUTC(), ZoneOffset.UTC, messages),
                0,
                Map.of());
    }

    private static String body(Response response) {
        return new String(response.bytes(), StandardCharsets.UTF_8);
    }

    private static Response deep(int n) {
        return n < 0 ? Response.empty(204) : deep(n + 1);
    }

    private static Response thrown(String what) {
        return switch (what) {
            case "class" -> throw new NoClassDefFoundError("org/tocsin/Missing");
            case "assertion" -> throw new AssertionError("never");
            case "stack" -> deep(0);
            default -> throw new IllegalStateException(what);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "assertion", "stack", "state"})
    void an_error_is_told_on_a_page_with_its_reference(String what) {
        Response answer = failures.guard(visit(Locale.FRENCH), "error", "/desk", () -> thrown(what));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(body(answer)).contains("lang=\"fr\"").containsPattern("référence [0-9a-f]{8}");
        assertThat(body(failures.guard(visit(Locale.ENGLISH), "error", "/desk", () -> thrown(what))))
                .containsPattern("reference [0-9a-f]{8}");
    }

    @Test
    void what_goes_well_is_answered_as_it_is() {
        Response good = Response.empty(204);
        assertThat(failures.guard(visit(Locale.FRENCH), "error", "/desk", () -> good))
                .isSameAs(good);
    }
}
