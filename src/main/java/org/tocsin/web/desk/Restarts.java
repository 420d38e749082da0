package org.tocsin.web.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.tocsin.web.Endpoint;
import org.tocsin.web.Response;

/**
 * What is shown while the daemon begins anew. A page asks which run of it answers, and goes on when that is another one than it came from.
 *
 * @param run a name of this run that says nothing of it
 */
record Restarts(String run, Templates templates) {
    /** @return where anybody may ask for the run: it is asked before one is known again */
    Endpoint endpoint() {
        return Endpoint.page(
                "GET",
                "/desk/run",
                request -> new Response(
                        200, "text/plain; charset=utf-8", Map.of("Cache-Control", "no-store"), run.getBytes(UTF_8)));
    }

    /** @param next where it goes on; a page of ours */
    Response page(Visit visit, String next) {
        return templates.page(200, "restart", visit, "next", next, "run", run);
    }
}
