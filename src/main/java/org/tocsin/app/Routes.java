package org.tocsin.app;

import java.util.Optional;
import org.apache.camel.main.Main;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** Starts Camel with the routes of the jar, or with those of the operator's own folder. */
final class Routes {
    private Routes() {}

    static void start(Main camel, Optional<String> folder) {
        String pattern = folder.map(path -> "file:" + path + "/*.camel.yaml").orElse("classpath:routes/*.camel.yaml");
        camel.configure().withRoutesIncludePattern(pattern);
        camel.configure().withName("tocsin");
        camel.configure().withShutdownTimeout(25);
        camel.configure().withAutoConfigurationEnabled(false);
        try {
            camel.start();
        } catch (Exception e) {
            FaultException fault = new FaultException(
                    Kind.INVALID,
                    Fault.at("/tocsin.routes", Message.of("app.routes", "pattern", pattern, "why", e.getMessage())));
            fault.initCause(e);
            throw fault;
        }
    }
}
