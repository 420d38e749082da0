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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.Messages;
import org.tocsin.people.Actor;
import org.tocsin.web.Request;
import org.tocsin.web.Response;

/** A form that was pressed twice does what it does once. */
class RepeatsTest {
    private static final String SESSION = "a".repeat(43);
    private static final String OTHER = "b".repeat(43);

    private final Repeats repeats = new Repeats();
    private final AtomicInteger done = new AtomicInteger();

    private Response press(int status, String session, String form) {
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        Request request = new Request(
                "POST",
                "/desk/tokens",
                Map.of(),
                Map.of(),
                Map.of(
                        "host",
                        "localhost:8080",
                        "cookie",
                        "tocsin=" + session,
                        "content-type",
                        "application/x-www-form-urlencoded"),
                () -> new ByteArrayInputStream(body),
                body.length,
                new Actor("anyone", BranchId.MAIN, Set.of()),
                Locale.FRENCH,
                true,
                "127.0.0.1");
        Messages messages = new Messages(ZoneOffset.UTC);
        Visit visit = new Visit(
                request,
                Place.of(request, Optional.<URI>empty()),
                Form.read(request),
                null,
                messages,
                new Times(Clock.systemUTC(), ZoneOffset.UTC, messages),
                0,
                Map.of());
        return repeats.once(visit, () -> Response.text(status, "text/plain", String.valueOf(done.incrementAndGet())));
    }

    @Test
    void the_second_press_is_answered_as_the_first() {
        Response first = press(200, SESSION, "once=1&name=a");
        assertThat(press(200, SESSION, "once=1&name=a")).isSameAs(first);
        assertThat(done).hasValue(1);
    }

    @Test
    void another_form_another_session_and_one_without_a_key_are_answered_anew() {
        press(200, SESSION, "once=1&name=a");
        press(200, SESSION, "once=1&name=b");
        press(200, SESSION, "once=2&name=a");
        press(200, OTHER, "once=1&name=a");
        press(200, SESSION, "name=a");
        press(200, SESSION, "name=a");
        assertThat(done).hasValue(6);
    }

    @Test
    void what_was_refused_is_tried_again() {
        press(409, SESSION, "once=1&name=a");
        press(200, SESSION, "once=1&name=a");
        assertThat(done).hasValue(2);
    }
}
