package org.tocsin.web.desk;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;
import org.tocsin.web.Response;

/** Fills the templates of {@code src/main/jte}, which escape by the place at which a value stands. */
final class Templates {
    private static final String CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types tocsin";

    /** Made when the first page is asked for: a start need not wait for it. */
    private static final class Engine {
        static final TemplateEngine ONE = TemplateEngine.createPrecompiled(ContentType.Html);
    }

    /** @param pairs name, value, name, value … */
    Response page(int status, String template, Visit visit, Object... pairs) {
        Map<String, Object> values = new HashMap<>();
        values.put("v", visit);
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            values.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        StringOutput out = new StringOutput();
        Engine.ONE.render(template + ".jte", values, out);
        return guarded(Response.text(status, "text/html; charset=utf-8", out.toString()));
    }

    /** Goes on to another page, so that a reload does not repeat what was done. */
    static Response to(String path) {
        return guarded(Response.empty(303).with("Location", path));
    }

    static Response to(String path, Done done) {
        return to(path + (path.contains("?") ? "&" : "?") + "done=" + done.word());
    }

    private static Response guarded(Response response) {
        return response.with("Content-Security-Policy", CSP)
                // With no-referrer a browser would send "Origin: null" with our own forms (Fetch, 3.2).
                .with("Referrer-Policy", "same-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cache-Control", "no-store")
                .with("Vary", "Cookie, Accept-Language");
    }
}
