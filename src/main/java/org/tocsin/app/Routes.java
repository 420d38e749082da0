package org.tocsin.app;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** Starts Camel with the routes of the jar, or with those of the operator's own folder. */
final class Routes {
    /** By name: a pattern would search the whole class path, and find a file twice where that names a folder twice. */
    private static final String RELEASED = Stream.of(
                    "errors", "publish", "feeds", "removals", "notices", "housekeeping")
            .map(name -> "classpath:routes/" + name + ".camel.yaml")
            .collect(Collectors.joining(","));

    private Routes() {}

    static void start(Main camel, Optional<String> folder) {
        String pattern = folder.map(path -> "file:" + path + "/*.camel.yaml").orElse(RELEASED);
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
