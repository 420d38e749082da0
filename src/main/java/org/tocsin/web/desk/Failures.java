package org.tocsin.web.desk;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.web.Response;

/** What a person is shown where the desk itself fails: a page in his language, with what finds the line of the log. */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private final Templates templates;

    Failures(Templates templates) {
        this.templates = templates;
    }

    /**
     * Answers, also where a class is missing or the stack is full.
     *
     * @param visit    whom it is told
     * @param template the page on which it is told
     * @param path     of the route, for the log
     */
    Response guard(Visit visit, String template, String path, Supplier<Response> page) {
        try {
            return page.get();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            String reference =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
            log.atError()
                    .setCause(e)
                    .addKeyValue("path", path)
                    .addKeyValue("reference", reference)
                    .log("a page failed");
            return templates.page(
                    500, template, visit, "faults", List.of(visit.t("desk.failed", "reference", reference)));
        }
    }
}
